package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.wire.RegisteredCodec;
import dev.foldstream.schemas.registry.SchemaRegistry;

/** Outcomes as bytes, in Confluent's wire format, as they stand in their topic. */
public final class OutcomeCodec {

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
}
