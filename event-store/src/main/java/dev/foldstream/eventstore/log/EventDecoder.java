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

/** Reads the records of events topics, those of processes among them. Safe for many threads. */
public final class EventDecoder implements RecordDecoder {

  /** An aggregate type, or a process with its progress. */
  private record Writer(String domain, String name, Class<?> events) {}

  private final WireCodec codec;
  private final Map<String, Writer> writersByTopic = new HashMap<>();

  public EventDecoder(Collection<Domain> domains, WireCodec codec) {
    this.codec = codec;
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        switch (feature) {
          case Feature.Aggregate<?, ?, ?> it -> add(domain.name(), it.name(), it.events());
          case Feature.Process<?, ?, ?> it -> add(domain.name(), it.name(), it.progress());
          case Feature.View<?, ?> _ -> {}
        }
      }
    }
  }

  private void add(String domain, String name, Class<?> events) {
    writersByTopic.put(TopicNames.events(domain, name), new Writer(domain, name, events));
  }

  @Override
  public RecordedEvent<Object> decode(ConsumerRecord<byte[], byte[]> record)
      throws UnreadableEventException {
    Writer writer = writersByTopic.get(record.topic());
    if (writer == null || record.key() == null || record.value() == null) {
      throw new UnreadableEventException(
          record, "wanted a key and a value, on one of %s".formatted(writersByTopic.keySet()));
    }
    try {
      EventHeaders headers = EventHeaders.read(record.headers());
      Object event = codec.decode(record.value());
      if (!writer.events().isInstance(event)) {
        throw new UnreadableEventException(
            record, "wanted one of %s; found %s".formatted(writer.events(), event.getClass()));
      }
      return recorded(record, writer, headers, event);
    } catch (InvalidHeaderException | UnreadableValueException fault) {
      throw new UnreadableEventException(record, String.valueOf(fault.getMessage()), fault);
    }
  }

  /** The sequence alone, without decoding the value. */
  public static long sequence(Headers headers) throws InvalidHeaderException {
    return EventHeaders.sequence(headers);
  }

  private static RecordedEvent<Object> recorded(
      ConsumerRecord<byte[], byte[]> record, Writer writer, EventHeaders headers, Object event) {
    String id = new String(record.key(), StandardCharsets.UTF_8);
    return new RecordedEvent<>(
        new StreamName(writer.domain(), writer.name(), id),
        headers.version(),
        new Place(record.topic(), record.partition(), headers.sequence(), record.offset()),
        headers.id(),
        headers.occurredAt(),
        headers.metadata(),
        event);
  }
}
