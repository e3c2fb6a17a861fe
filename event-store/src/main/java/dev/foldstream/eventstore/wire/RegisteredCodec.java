package dev.foldstream.eventstore.wire;

import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.codec.UnreadableRecordException;
import dev.foldstream.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * One of Foldstream's own records in Confluent's wire format: 0x00, a schema id of four bytes, Avro
 * binary. Safe for many threads.
 */
public final class RegisteredCodec<T extends Record> {

  private static final byte MAGIC = 0;
  private static final int FRAME_BYTES = 5;

  private final SchemaRegistry registry;
  private final RecordCodec<T> codec;
  // One entry for each topic, and one for each version of the schema: small by nature.
  private final Map<String, Integer> idsByTopic = new ConcurrentHashMap<>();
  private final Map<Integer, Schema> schemasById = new ConcurrentHashMap<>();

  public RegisteredCodec(SchemaRegistry registry, Class<T> type) {
    this.registry = registry;
    this.codec = RecordCodec.of(type, schemaOf(type));
  }

  /** Registers the schema under the topic's subject; harmless when it is there. */
  public void register(String topic) {
    idsByTopic.put(topic, registry.register(subject(topic), codec.schema()));
  }

  /**
   * The record as a value of this topic.
   *
   * @throws IllegalStateException when the schema is not registered; nothing is registered here
   */
  public byte[] encode(String topic, T value) {
    int id = idsByTopic.computeIfAbsent(topic, this::find);
    byte[] body = codec.encode(value);
    return ByteBuffer.allocate(FRAME_BYTES + body.length).put(MAGIC).putInt(id).put(body).array();
  }

  /**
   * The record in a value.
   *
   * @throws IllegalArgumentException when the bytes are not one of these records
   */
  public T decode(byte[] value) {
    if (value.length < FRAME_BYTES || value[0] != MAGIC) {
      throw new IllegalArgumentException(
          "a %s begins with 0x00 and a schema id; found %d other bytes"
              .formatted(codec.schema().getFullName(), value.length));
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    Schema writer = schemasById.computeIfAbsent(id, registry::schema);
    try {
      return codec.decode(writer, value, FRAME_BYTES);
    } catch (UnreadableRecordException unreadable) {
      throw new IllegalArgumentException(
          "the bytes do not fit schema %d of %s".formatted(id, codec.schema().getFullName()),
          unreadable);
    }
  }

  private int find(String topic) {
    return registry
        .find(subject(topic), codec.schema())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the schema registry does not have %s; register it in a deployment step, or let the host do it at start"
                        .formatted(subject(topic))));
  }

  private String subject(String topic) {
    return topic + "-" + codec.schema().getFullName();
  }

  /** The schema file of one of Foldstream's own records. */
  public static Schema schemaOf(Class<? extends Record> type) {
    String name = type.getSimpleName().replaceFirst("Record$", "");
    String path = "META-INF/schemas/foldstream/" + name + ".avsc";
    try (InputStream in = RegisteredCodec.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "the schema file %s is not on the class path".formatted(path));
      }
      return new Schema.Parser().parse(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
