package dev.foldstream.topology.document;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topology as it was written. Maps keep the order of the document.
 *
 * @param json the same document as canonical JSON: what is stored, and equal for equal contents
 * @param lines where things stand in the text, by JSON pointer
 */
public record TopologyDocument(
    String name,
    @Nullable String description,
    Map<String, Source> sources,
    Map<String, Step> steps,
    Map<String, Sink> sinks,
    String json,
    Map<String, Integer> lines) {

  /** The fault with the line it is on. */
  public Fault located(Fault fault) {
    return fault.onLine(lines.get(fault.pointer()));
  }
}
