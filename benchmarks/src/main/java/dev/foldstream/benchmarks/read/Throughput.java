package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.load.Figures;
import dev.foldstream.benchmarks.load.Median;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one run gave.
 *
 * @param ownMicros processor time per event of the process that reads and writes
 * @param storeMicros the same of PostgreSQL or Elasticsearch
 * @param kafkaMicros the same of the broker
 */
public record Throughput(
    String name, double perSecond, double ownMicros, double storeMicros, double kafkaMicros)
    implements Figures {

  static final String HEADER =
      "| contender | events/s | CPU us, own | CPU us, store | own and store | CPU us, Kafka |\n"
          + "|---|---|---|---|---|---|";

  @Override
  public String label() {
    return name;
  }

  @Override
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
        Median.of(runs, Throughput::perSecond),
        Median.of(runs, Throughput::ownMicros),
        Median.of(runs, Throughput::storeMicros),
        Median.of(runs, Throughput::kafkaMicros));
  }
}
