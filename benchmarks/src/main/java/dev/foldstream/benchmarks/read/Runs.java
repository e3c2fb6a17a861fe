package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.load.Figures;
import java.util.List;

/**
 * Runs one contender in this JVM again and again and prints a row for what each counted run gave.
 */
public record Runs(int warmUps, int repeats) {

  private static final long CHECKED_EVERY_MILLIS = 2;
  private static final long PATIENCE_NANOS = 180_000_000_000L;

  /** One contender. */
  public interface Contender {
    /** Begins from nothing, and gives the figures of one or several stretches. */
    List<? extends Figures> run(int number) throws Exception;
  }

  /** Something that comes true. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** From {@code warm-ups,repeats}. */
  public static Runs parse(String text) {
    String[] parts = text.split(",", -1);
    return new Runs(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  public String text() {
    return warmUps + "," + repeats;
  }

  public void run(Contender contender) throws Exception {
    for (int number = 0; number < warmUps + repeats; number++) {
      List<? extends Figures> figures = contender.run(number);
      if (number >= warmUps) {
        figures.forEach(figure -> System.out.println(figure.row()));
      } else {
        figures.forEach(figure -> System.err.println("warm-up: " + figure.row()));
      }
    }
  }

  /** Looks often, so that the end of a stretch is known to two milliseconds. */
  public static void await(String wanted, Condition condition) throws Exception {
    await(wanted, CHECKED_EVERY_MILLIS, condition);
  }

  public static void await(String wanted, long everyMillis, Condition condition) throws Exception {
    long until = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("wanted within three minutes: " + wanted);
      }
      Thread.sleep(everyMillis);
    }
  }
}
