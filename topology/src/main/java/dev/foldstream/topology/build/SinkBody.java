package dev.foldstream.topology.build;

import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.topology.build.StepRun.Output;
import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.Frame;
import dev.foldstream.topology.validation.CheckedSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes values, as CloudEvents of their own. Their ids are made of the topology, the sink and the
 * place of the record that led to them, so what is taken again has the same ids.
 */
final class SinkBody implements StepRun.Body<GenericRecord, byte[]> {

  private final String topology;
  private final String sink;
  private final String topic;
  private final @Nullable Expression key;
  private final Wire wire;
  private final IdentityHashMap<Schema, String> subjects = new IdentityHashMap<>();
  private String lastAt = "";
  private int number;

  SinkBody(
      String topology,
      String sink,
      String topic,
      @Nullable Expression key,
      Surroundings surroundings) {
    this.topology = topology;
    this.sink = sink;
    this.topic = topic;
    this.key = key;
    this.wire = new Wire(surroundings.registry(), List.of());
  }

  @Override
  public void take(Record<String, GenericRecord> record, Frame frame, Output<byte[]> output) {
    GenericRecord value = record.value();
    String to = value == null || key == null ? record.key() : key.string(frame);
    byte[] bytes = value == null ? null : wire.write(subject(value.getSchema()), value);
    output.give(
        new Record<>(
            to, bytes, record.timestamp(), headers(record.headers(), value, record.timestamp())));
  }

  private String subject(Schema schema) {
    return subjects.computeIfAbsent(schema, it -> CheckedSink.subject(topic, it));
  }

  private Headers headers(Headers from, @Nullable GenericRecord value, long millis) {
    var headers = new RecordHeaders();
    add(headers, HeaderNames.SPEC_VERSION, "1.0");
    add(headers, HeaderNames.ID, id(from));
    add(headers, HeaderNames.SOURCE, "/foldstream/topologies/" + topology);
    if (value != null) {
      add(headers, HeaderNames.TYPE, value.getSchema().getFullName());
    }
    add(headers, HeaderNames.TIME, Instant.ofEpochMilli(millis).toString());
    add(headers, HeaderNames.CAUSATION_ID, Marks.text(from, HeaderNames.ID));
    add(headers, HeaderNames.CORRELATION_ID, Marks.text(from, HeaderNames.CORRELATION_ID));
    add(headers, HeaderNames.TRACE_PARENT, Marks.text(from, HeaderNames.TRACE_PARENT));
    add(headers, HeaderNames.CONTENT_TYPE, "application/avro");
    return headers;
  }

  private String id(Headers from) {
    String at = Marks.at(from).toString();
    number = at.equals(lastAt) ? number + 1 : 1;
    lastAt = at;
    return topology + ":" + sink + ":" + at + ":" + number;
  }

  private static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }
}
