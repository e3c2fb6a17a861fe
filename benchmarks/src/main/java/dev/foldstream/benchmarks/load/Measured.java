package dev.foldstream.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one round gave.
 *
 * @param failures calls that failed and are in no other figure
 * @param ownMicros processor time per call of the process with the callers, -1 when not counted
 * @param serverMicros the same of the servers it used
 */
public record Measured(
    String name,
    int callers,
    double perSecond,
    double p50Millis,
    double p99Millis,
    double ownMicros,
    double serverMicros,
    long failures)
    implements Figures {

  private static final String HEADER =
      "| contender | callers | calls/s | p50 ms | p99 ms | CPU us, own | CPU us, servers | failures |\n"
          + "|---|---|---|---|---|---|---|---|";

  public static String header() {
    return HEADER;
  }

  @Override
  public String label() {
    return "%s, %d callers".formatted(name, callers);
  }

  @Override
  public String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.2f | %.2f | %.0f | %.0f | %d |",
        name,
        callers,
        perSecond,
        p50Millis,
        p99Millis,
        ownMicros,
        serverMicros,
        failures);
  }

  public double micros() {
    return ownMicros + serverMicros;
  }

  /** Reads what {@link #row} wrote. */
  public static Measured parse(String row) {
    List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    return new Measured(
        cells.get(1),
        Integer.parseInt(cells.get(2)),
        Double.parseDouble(cells.get(3)),
        Double.parseDouble(cells.get(4)),
        Double.parseDouble(cells.get(5)),
        Double.parseDouble(cells.get(6)),
        Double.parseDouble(cells.get(7)),
        Long.parseLong(cells.get(8)));
  }

  /** The median of each figure over rounds of one contender with as many callers. */
  public static Measured median(List<Measured> rounds) {
    Measured first = rounds.getFirst();
    return new Measured(
        first.name(),
        first.callers(),
        Median.of(rounds, Measured::perSecond),
        Median.of(rounds, Measured::p50Millis),
        Median.of(rounds, Measured::p99Millis),
        Median.of(rounds, Measured::ownMicros),
        Median.of(rounds, Measured::serverMicros),
        rounds.stream().mapToLong(Measured::failures).sum());
  }
}
