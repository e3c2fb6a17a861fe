package dev.foldstream.benchmarks.write;

import dev.foldstream.benchmarks.load.Caller;
import dev.foldstream.benchmarks.load.ClosedLoop;
import dev.foldstream.benchmarks.load.Measured;
import dev.foldstream.benchmarks.load.ProcessorTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Runs one contender in this JVM and prints a row for each round.
 *
 * @param serverPid the server whose processor time counts
 */
public record Contender(
    String name, Caller caller, ThreadFactory threads, long serverPid, Rounds rounds) {

  public static final int AGGREGATES = 10_000;

  /** The callers during the warm-up. */
  private static final int WARMING = 64;

  /** How long and how often. */
  public record Rounds(int seconds, int warmUpSeconds, int repeats, List<Integer> callers) {

    /** From {@code seconds,warm-up,repeats,callers:callers:...}. */
    public static Rounds parse(String text) {
      String[] parts = text.split(",", -1);
      return new Rounds(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          Stream.of(parts[3].split(":", -1)).map(Integer::valueOf).toList());
    }

    String text() {
      return "%d,%d,%d,%s"
          .formatted(
              seconds,
              warmUpSeconds,
              repeats,
              String.join(":", callers.stream().map(String::valueOf).toList()));
    }
  }

  /** Processor time of this JVM in microseconds, without its compilers. */
  public static long ownMicros() {
    return ProcessorTime.micros(ProcessHandle.current().pid());
  }

  public void run() throws InterruptedException {
    run(Contender::ownMicros);
  }

  /** Runs with another process as the one under test. */
  public void run(LongSupplier ownMicros) throws InterruptedException {
    var loop =
        new ClosedLoop(name, AGGREGATES, threads, ownMicros, () -> ProcessorTime.micros(serverPid));
    loop.warmUp(caller, WARMING, Duration.ofSeconds(rounds.warmUpSeconds()));
    for (int repeat = 0; repeat < rounds.repeats(); repeat++) {
      for (int callers : rounds.callers()) {
        Measured measured = loop.measure(caller, callers, Duration.ofSeconds(rounds.seconds()));
        System.out.println(measured.row());
      }
    }
  }
}
