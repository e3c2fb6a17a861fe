package dev.foldstream.benchmarks.write;

import dev.foldstream.benchmarks.load.HttpConnections;
import dev.foldstream.benchmarks.load.ProcessorTime;
import dev.foldstream.benchmarks.wallet.WalletDomain;
import java.io.IOException;
import java.net.URI;

/**
 * Callers of a running command-service, in another JVM than the service. Its own processor time is
 * that of the service, not of the callers.
 *
 * <p>Arguments: the service's URL, its pid, the broker's pid, the rounds.
 */
public final class OverHttp {

  private static final String BODY = "{\"amount\":7,\"note\":\"%s\"}".formatted(WalletDomain.NOTE);
  private static final int OK = 200;

  private final HttpConnections connections;

  private OverHttp(HttpConnections connections) {
    this.connections = connections;
  }

  public static void main(String[] arguments) throws Exception {
    long service = Long.parseLong(arguments[1]);
    try (var connections = new HttpConnections(URI.create(arguments[0]))) {
      var contender = new OverHttp(connections);
      new Contender(
              "Foldstream, over HTTP",
              contender::add,
              Thread.ofVirtual().factory(),
              Long.parseLong(arguments[2]),
              Contender.Rounds.parse(arguments[3]))
          .run(() -> ProcessorTime.micros(service));
    }
  }

  private void add(int aggregate) throws IOException {
    var answer =
        connections.send(
            "POST /commands/bench/wallet/wallet-"
                + aggregate
                + "/Add HTTP/1.1\r\nContent-Type: application/json\r\n",
            BODY);
    if (answer.status() != OK) {
      throw new IOException("wanted 200; found " + answer.status() + ": " + answer.body());
    }
  }
}
