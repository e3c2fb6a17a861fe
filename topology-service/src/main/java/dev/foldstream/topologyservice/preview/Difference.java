package dev.foldstream.topologyservice.preview;

import dev.foldstream.topology.preview.PreviewReport;
import dev.foldstream.topology.preview.PreviewReport.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the outputs of two versions differ on the same records.
 *
 * @param bySink in order of name
 */
public record Difference(Map<String, OfSink> bySink) {

  public Difference {
    bySink = new TreeMap<>(bySink);
  }

  /**
   * Of one sink.
   *
   * @param same outputs that both give
   * @param added outputs that only the new version gives
   * @param missing outputs that only the live version gives
   */
  public record OfSink(int same, List<Output> added, List<Output> missing) {}

  static Difference between(PreviewReport live, PreviewReport next) {
    var sinks = new TreeSet<>(live.outputs().keySet());
    sinks.addAll(next.outputs().keySet());
    var bySink = new TreeMap<String, OfSink>();
    for (String sink : sinks) {
      bySink.put(
          sink,
          ofSink(
              live.outputs().getOrDefault(sink, List.of()),
              next.outputs().getOrDefault(sink, List.of())));
    }
    return new Difference(bySink);
  }

  private static OfSink ofSink(List<Output> live, List<Output> next) {
    var missing = new ArrayList<>(live);
    var added = new ArrayList<Output>();
    int same = 0;
    for (Output output : next) {
      if (removed(missing, output)) {
        same++;
      } else {
        added.add(output);
      }
    }
    return new OfSink(same, List.copyOf(added), List.copyOf(missing));
  }

  /** Headers do not count: they name the topology's version. */
  private static boolean removed(List<Output> outputs, Output wanted) {
    for (int i = 0; i < outputs.size(); i++) {
      if (content(outputs.get(i)).equals(content(wanted))) {
        outputs.remove(i);
        return true;
      }
    }
    return false;
  }

  private static List<String> content(Output output) {
    return List.of(String.valueOf(output.key()), String.valueOf(output.json()));
  }
}
