package dev.foldstream.benchmarks.write;

import java.net.URI;
import java.nio.file.Path;

/**
 * Foldstream with its callers in one JVM: commands onto their topic, decided, their outcomes read.
 *
 * <p>Arguments: bootstrap servers, the registry's URL, the state directory, the broker's pid, the
 * rounds.
 */
public final class InProcess {

  private InProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (var wallets = new Wallets(arguments[0], URI.create(arguments[1]), Path.of(arguments[2]))) {
      wallets.startOutcomes();
      wallets.startDecisions();
      new Contender(
              "Foldstream, in process",
              wallets::add,
              Thread.ofVirtual().factory(),
              Long.parseLong(arguments[3]),
              Contender.Rounds.parse(arguments[4]))
          .run();
    }
  }
}
