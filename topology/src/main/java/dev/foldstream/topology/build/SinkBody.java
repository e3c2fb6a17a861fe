package dev.foldstream.topology.build;

import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.topology.build.StepRun.Output;
import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.Frame;
import dev.foldstream.topology.validation.CheckedSink;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes values, as CloudEvents of their own. Their ids are made of the topology, the sink and the
 * place of the record that led to them, so what is taken again has the same ids.
 */
final class SinkBody implements StepRun.Body<GenericRecord, byte[]> {

  private static final Header SPEC_VERSION = header(HeaderNames.SPEC_VERSION, "1.0");
  private static final Header CONTENT_TYPE = header(HeaderNames.CONTENT_TYPE, "application/avro");

  private final Header source;
  private final Map<Schema, Header> types = new HashMap<>();
  private final String idPrefix;
  private final String topic;
  private final @Nullable Expression key;
  private final Wire wire;
  private final Map<Schema, String> subjects = new HashMap<>();
  private String lastAt = "";
  private int number;

  SinkBody(
      String topology,
      String sink,
      String topic,
      @Nullable Expression key,
      Surroundings surroundings) {
    this.source = header(HeaderNames.SOURCE, "/foldstream/topologies/" + topology);
    this.idPrefix = topology + ":" + sink + ":";
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
    headers.add(SPEC_VERSION);
    headers.add(HeaderNames.ID, bytes(id(from)));
    headers.add(source);
    if (value != null) {
      headers.add(types.computeIfAbsent(value.getSchema(), SinkBody::type));
    }
    headers.add(HeaderNames.TIME, bytes(Instant.ofEpochMilli(millis).toString()));
    copy(from, HeaderNames.ID, HeaderNames.CAUSATION_ID, headers);
    copy(from, HeaderNames.CORRELATION_ID, HeaderNames.CORRELATION_ID, headers);
    copy(from, HeaderNames.TRACE_PARENT, HeaderNames.TRACE_PARENT, headers);
    headers.add(CONTENT_TYPE);
    return headers;
  }

  private static Header type(Schema schema) {
    return header(HeaderNames.TYPE, schema.getFullName());
  }

  private static void copy(Headers from, String name, String as, Headers to) {
    Header header = from.lastHeader(name);
    if (header != null && header.value() != null) {
      to.add(as, header.value());
    }
  }

  private String id(Headers from) {
    String at = Marks.at(from).toString();
    number = at.equals(lastAt) ? number + 1 : 1;
    lastAt = at;
    return idPrefix + at + ":" + number;
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
