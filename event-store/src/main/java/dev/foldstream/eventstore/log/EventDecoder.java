package dev.foldstream.eventstore.log;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.wire.UnreadableValueException;
import dev.foldstream.schemas.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** Reads the records of events topics. Safe for many threads. */
public final class EventDecoder {

  private record Aggregate(String domain, String name, Class<?> events) {}

  private final WireCodec codec;
  private final Map<String, Aggregate> aggregatesByTopic = new HashMap<>();

  public EventDecoder(Collection<Domain> domains, WireCodec codec) {
    this.codec = codec;
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        if (feature instanceof Feature.Aggregate<?, ?, ?> aggregate) {
          aggregatesByTopic.put(
              TopicNames.events(domain.name(), aggregate.name()),
              new Aggregate(domain.name(), aggregate.name(), aggregate.events()));
        }
      }
    }
  }

  /**
   * The event in this record.
   *
   * @throws UnreadableEventException when it is not one
   * @throws dev.foldstream.schemas.registry.SchemaRegistryUnavailableException when its schema
   *     could not be asked for; the record may be good
   */
  public RecordedEvent<Object> decode(ConsumerRecord<byte[], byte[]> record)
      throws UnreadableEventException {
    Aggregate aggregate = aggregatesByTopic.get(record.topic());
    if (aggregate == null || record.key() == null || record.value() == null) {
      throw new UnreadableEventException(
          record, "wanted a key and a value, on one of %s".formatted(aggregatesByTopic.keySet()));
    }
    try {
      EventHeaders headers = EventHeaders.read(record.headers());
      Object event = codec.decode(record.value());
      if (!aggregate.events().isInstance(event)) {
        throw new UnreadableEventException(
            record, "wanted one of %s; found %s".formatted(aggregate.events(), event.getClass()));
      }
      return recorded(record, aggregate, headers, event);
    } catch (InvalidHeaderException | UnreadableValueException fault) {
      throw new UnreadableEventException(record, String.valueOf(fault.getMessage()), fault);
    }
  }

  /** The sequence alone, without decoding the value. */
  public static long sequence(Headers headers) throws InvalidHeaderException {
    return EventHeaders.sequence(headers);
  }

  private static RecordedEvent<Object> recorded(
      ConsumerRecord<byte[], byte[]> record,
      Aggregate aggregate,
      EventHeaders headers,
      Object event) {
    String id = new String(record.key(), StandardCharsets.UTF_8);
    return new RecordedEvent<>(
        new StreamName(aggregate.domain(), aggregate.name(), id),
        headers.version(),
        new Place(record.topic(), record.partition(), headers.sequence(), record.offset()),
        headers.id(),
        headers.occurredAt(),
        headers.metadata(),
        event);
  }
}
