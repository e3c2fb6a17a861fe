package dev.foldstream.benchmarks.write;

import dev.foldstream.benchmarks.load.Measured;
import dev.foldstream.benchmarks.load.ProcessorTime;
import java.net.URI;
import java.nio.file.Path;

/**
 * Decides commands that lie in their topic already, as fast as it goes: an open loop. What counts
 * is the time from the first tenth of them to the last.
 *
 * <p>Arguments: bootstrap servers, the registry's URL, the state directory, the broker's pid, the
 * rounds.
 */
public final class Queued {

  private static final int COMMANDS = 300_000;
  private static final int WARM_UPS = 3;
  private static final long LOOK_MILLIS = 5;

  private Queued() {}

  public static void main(String[] arguments) throws Exception {
    long broker = Long.parseLong(arguments[3]);
    int repeats = Contender.Rounds.parse(arguments[4]).repeats();
    try (var wallets = new Wallets(arguments[0], URI.create(arguments[1]), Path.of(arguments[2]))) {
      for (int repeat = -WARM_UPS; repeat < repeats; repeat++) {
        wallets.queue(COMMANDS, Contender.AGGREGATES);
        Measured measured = decide(wallets, broker);
        wallets.stopDecisions();
        if (repeat >= 0) {
          System.out.println(measured.row());
        }
      }
    }
  }

  private static Measured decide(Wallets wallets, long broker) throws InterruptedException {
    wallets.startDecisions();
    await(wallets, COMMANDS / 10);
    var threads = new ThreadTimes();
    long first = wallets.accepted();
    long begun = System.nanoTime();
    long own = Contender.ownMicros();
    long server = ProcessorTime.micros(broker);
    await(wallets, COMMANDS);
    double seconds = (System.nanoTime() - begun) / 1e9;
    double count = wallets.accepted() - first;
    System.err.println(threads.since(count));
    return new Measured(
        "Foldstream, queued in the topic",
        0,
        count / seconds,
        0,
        0,
        (Contender.ownMicros() - own) / count,
        (ProcessorTime.micros(broker) - server) / count,
        0);
  }

  private static void await(Wallets wallets, long count) throws InterruptedException {
    while (wallets.accepted() < count) {
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
