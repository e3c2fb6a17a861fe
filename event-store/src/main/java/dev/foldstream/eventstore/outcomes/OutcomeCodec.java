package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.wire.RegisteredCodec;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;

/** Outcomes as bytes: in Confluent's wire format in their topic, plain in a decision store. */
public final class OutcomeCodec {

  private static final Schema SCHEMA = RegisteredCodec.schemaOf(OutcomeRecord.class);
  private static final RecordCodec<OutcomeRecord> PLAIN =
      RecordCodec.of(OutcomeRecord.class, SCHEMA);

  private final RegisteredCodec<OutcomeRecord> registered;

  public OutcomeCodec(SchemaRegistry registry) {
    this.registered = new RegisteredCodec<>(registry, OutcomeRecord.class);
  }

  /** Registers the schema of outcomes for this topic; harmless when it is there. */
  public void register(String topic) {
    registered.register(topic);
  }

  public byte[] encode(String topic, Outcome outcome) {
    return registered.encode(topic, OutcomeRecord.of(outcome));
  }

  /**
   * The outcome in a value of an outcomes topic.
   *
   * @throws IllegalArgumentException when the bytes are not an outcome
   */
  public Outcome decode(byte[] value) {
    return registered.decode(value).outcome();
  }

  public static Schema schema() {
    return SCHEMA;
  }

  /** Without framing, for a store whose schema is known. */
  public static byte[] encodePlain(Outcome outcome) {
    return PLAIN.encode(OutcomeRecord.of(outcome));
  }

  public static Outcome decodePlain(byte[] bytes) {
    return PLAIN.decode(bytes).outcome();
  }
}
