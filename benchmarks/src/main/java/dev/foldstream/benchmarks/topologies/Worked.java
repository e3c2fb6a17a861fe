package dev.foldstream.benchmarks.topologies;

import dev.foldstream.benchmarks.load.Figures;
import dev.foldstream.benchmarks.load.Median;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What one run of a topology gave, per order that it read.
 *
 * @param ownMicros processor time of the process with the topology
 * @param kafkaMicros the same of the broker
 */
record Worked(String name, double perSecond, double ownMicros, double kafkaMicros)
    implements Figures {

  static final String HEADER =
      "| contender | orders/s | CPU us, own | CPU us, Kafka |\n|---|---|---|---|";

  @Override
  public String label() {
    return name;
  }

  @Override
  public String row() {
    return String.format(
        Locale.ROOT, "| %s | %.0f | %.2f | %.2f |", name, perSecond, ownMicros, kafkaMicros);
  }

  /** Reads what {@link #row} wrote. */
  static Worked parse(String row) {
    List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    return new Worked(
        cells.get(1),
        Double.parseDouble(cells.get(2)),
        Double.parseDouble(cells.get(3)),
        Double.parseDouble(cells.get(4)));
  }

  static Worked median(List<Worked> runs) {
    return new Worked(
        runs.getFirst().name(),
        Median.of(runs, Worked::perSecond),
        Median.of(runs, Worked::ownMicros),
        Median.of(runs, Worked::kafkaMicros));
  }
}
