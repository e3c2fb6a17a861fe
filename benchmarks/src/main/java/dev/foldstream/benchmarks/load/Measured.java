package dev.foldstream.benchmarks.load;

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
    long failures) {

  static final String HEADER =
      "| contender | callers | calls/s | p50 ms | p99 ms | CPU us, own | CPU us, servers | failures |\n"
          + "|---|---|---|---|---|---|---|---|";

  public static String header() {
    return HEADER;
  }

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
}
