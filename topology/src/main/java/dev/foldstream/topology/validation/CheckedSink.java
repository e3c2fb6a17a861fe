package dev.foldstream.topology.validation;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.topology.document.Sink;
import dev.foldstream.topology.expressions.Expression;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

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
  public String subject(Schema record) {
    return subject(topic, record);
  }

  /**
   * The subject of a record on this topic. Rows of views have one for each shape: a version with
   * another shape writes a topic of its own, so the registry has nothing to compare.
   */
  public static String subject(String topic, Schema record) {
    String subject = topic + "-" + record.getFullName();
    return TopicNames.isViewRows(topic) ? subject + "." + shape(record) : subject;
  }

  private static String shape(Schema record) {
    return "%016x".formatted(SchemaNormalization.parsingFingerprint64(record));
  }

  /** The view that it fills, or null. */
  public Sink.@Nullable View view() {
    return sink instanceof Sink.View view ? view : null;
  }
}
