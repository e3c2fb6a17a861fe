package dev.foldstream.topologyservice.answers;

import dev.foldstream.topology.parts.TopologyPart;
import java.util.List;

/**
 * A topology in Java that is installed.
 *
 * @param registered whether a topology of that name is registered
 */
public record PartLine(
    String name,
    String description,
    int revision,
    List<String> reads,
    List<String> writes,
    boolean registered) {

  public static PartLine of(TopologyPart part, boolean registered) {
    return new PartLine(
        part.name(),
        part.description(),
        part.revision(),
        part.reads().stream().sorted().toList(),
        part.writes().keySet().stream().sorted().toList(),
        registered);
  }
}
