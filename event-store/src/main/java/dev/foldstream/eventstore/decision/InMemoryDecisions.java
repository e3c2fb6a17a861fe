package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** The decisions of one aggregate type in memory, a {@link DecisionTask} for each partition. */
public final class InMemoryDecisions {

  static final int PARTITIONS = 3;

  private static final Uuid COMMANDS_TOPIC = new Uuid(1, 1);

  private final DecisionPlan<?, ?, ?> plan;
  private final EventDecoder decoder;
  private final Recorded recorded = new Recorded();
  private final List<DecisionTask<?, ?, ?>> tasks = new ArrayList<>();
  private long offset;

  public InMemoryDecisions(Domain domain, Feature.Aggregate<?, ?, ?> aggregate) {
    var wire = DecisionWire.of(new InMemorySchemaRegistry(), SchemaFiles.of(domain));
    this.plan =
        DecisionPlan.of(
            domain, aggregate, wire, PARTITIONS, COMMANDS_TOPIC, DecisionSettings.REMEMBER);
    this.decoder = new EventDecoder(List.of(domain), wire.codec());
    DecisionApplication.registerSchemas(domain, aggregate, wire);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      tasks.add(
          new DecisionTask<>(
              plan, partition, new SortedMapStore(), recorded, new DecisionCounts()));
    }
  }

  public Outcome send(String id, Record command, CommandHeaders headers) {
    var written = new RecordHeaders();
    headers.write(written, Sources.of(plan.domain(), plan.aggregate(), id));
    return take(id, plan.wire().codec().encode(plan.commandsTopic(), command), written);
  }

  public Outcome lookUp(String id, String commandId) {
    var written = new RecordHeaders();
    CommandHeaders.writeLookUp(
        written, "look-up", commandId, Sources.of(plan.domain(), plan.aggregate(), id));
    return take(id, null, written);
  }

  /** The events so far, by partition. */
  public List<RecordedEvent<Object>> events() {
    var events = new ArrayList<RecordedEvent<Object>>();
    for (ConsumerRecord<byte[], byte[]> record : recorded.events) {
      try {
        events.add(decoder.decode(record));
      } catch (UnreadableEventException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return events;
  }

  private Outcome take(String id, byte @Nullable [] value, Headers headers) {
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    int partition = Partitions.of(key, PARTITIONS);
    var place = new RecordPlace(plan.commandsTopic(), partition, offset, offset);
    offset++;
    recorded.place = place;
    tasks.get(partition).take(new CommandRecord(place, key, value, headers));
    return recorded.outcome();
  }

  /** Keeps what would be sent to Kafka. */
  private final class Recorded implements Answers {
    private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
    private byte @Nullable [] lastOutcome;
    private @Nullable RecordPlace place;

    @Override
    public void send(
        To to, byte @Nullable [] key, byte[] value, Headers headers, long timestampMillis) {
      switch (to) {
        case OUTCOMES -> lastOutcome = value;
        case EVENTS -> events.add(event(key == null ? new byte[0] : key, value, headers));
        case QUARANTINE -> {}
      }
    }

    private ConsumerRecord<byte[], byte[]> event(byte[] key, byte[] value, Headers headers) {
      return new ConsumerRecord<>(
          plan.eventsTopic(),
          place == null ? 0 : place.partition(),
          events.size(),
          0,
          TimestampType.CREATE_TIME,
          key.length,
          value.length,
          key,
          value,
          headers,
          Optional.empty());
    }

    private Outcome outcome() {
      if (lastOutcome == null) {
        throw new IllegalStateException("every command gets an outcome; found none");
      }
      byte[] value = lastOutcome;
      lastOutcome = null;
      return plan.wire().outcomes().decode(value);
    }
  }
}
