package dev.foldstream.topology.validation;

import dev.foldstream.topology.document.Sink;
import dev.foldstream.topology.expressions.Expression;
import java.util.Optional;

/**
 * A sink whose topic and schemas were checked.
 *
 * @param topic it writes; for a view, where its rows pass to the projector
 */
public record CheckedSink(
    String id,
    Sink sink,
    String topic,
    boolean exists,
    int partitions,
    Optional<Expression> key,
    Flow flow) {

  /** The subject of a record of this sink in the registry. */
  public String subject(org.apache.avro.Schema record) {
    return topic + "-" + record.getFullName();
  }
}
