package dev.foldstream.topology.parts;

import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A topology written in Java, found with {@link java.util.ServiceLoader}. It is registered,
 * versioned, previewed and drawn like a document.
 *
 * <ol>
 *   <li>Every node, store and repartition it adds has a name; a name that begins with that of a
 *       node and a dash belongs to it.
 *   <li>It reads and writes the topics it names, no others.
 *   <li>It adds the same nodes whenever it is asked, and keeps nothing between.
 * </ol>
 */
public interface TopologyPart {

  /** Lower-case letters, digits and dashes, at most 50; as of a document. */
  String name();

  String description();

  /** To be raised when what the part does with its state changes although its nodes do not. */
  default int revision() {
    return 1;
  }

  Set<String> reads();

  /** The records it writes, by topic. */
  Map<String, Set<Schema>> writes();

  void addTo(PartBuilder builder);
}
