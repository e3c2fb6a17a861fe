package dev.foldstream.benchmarks.read;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one run gave.
 *
 * @param ownMicros processor time per event of the process that reads and writes
 * @param storeMicros the same of PostgreSQL or Elasticsearch
 * @param kafkaMicros the same of the broker
 */
public record Throughput(
    String name, double perSecond, double ownMicros, double storeMicros, double kafkaMicros) {

  static final String HEADER =
      "| contender | events/s | CPU us, own | CPU us, store | own and store | CPU us, Kafka |\n"
          + "|---|---|---|---|---|---|";

  public String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.1f | %.1f | %.1f | %.1f |",
        name,
        perSecond,
        ownMicros,
        storeMicros,
        ownMicros + storeMicros,
        kafkaMicros);
  }

  /** Reads what {@link #row} wrote. */
  static Throughput parse(String row) {
    List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    return new Throughput(
        cells.get(1),
        Double.parseDouble(cells.get(2)),
        Double.parseDouble(cells.get(3)),
        Double.parseDouble(cells.get(4)),
        Double.parseDouble(cells.get(6)));
  }

  /** The median of each figure. */
  static Throughput median(List<Throughput> runs) {
    return new Throughput(
        runs.getFirst().name(),
        median(runs, Throughput::perSecond),
        median(runs, Throughput::ownMicros),
        median(runs, Throughput::storeMicros),
        median(runs, Throughput::kafkaMicros));
  }

  private static double median(List<Throughput> runs, ToDoubleFunction<Throughput> figure) {
    return runs.stream()
        .mapToDouble(figure)
        .sorted()
        .skip((runs.size() - 1) / 2)
        .findFirst()
        .orElseThrow();
  }
}
