package dev.foldstream.projector.journal;

import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.HeaderText;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.viewstore.journal.JournalEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes a journal entry of a record. The value is not looked at: one that nobody can read is copied
 * like all others.
 */
public final class JournalDecoder implements RecordDecoder {

  private record Writer(String domain, String name) {}

  private final Map<String, Writer> writersByTopic = new HashMap<>();

  public JournalDecoder(FoundDomains domains) {
    domains
        .aggregates()
        .forEach(it -> writersByTopic.put(it.eventsTopic(), new Writer(it.domain(), it.name())));
    domains
        .processes()
        .forEach(it -> writersByTopic.put(it.eventsTopic(), new Writer(it.domain(), it.name())));
  }

  @Override
  public RecordedEvent<Object> decode(ConsumerRecord<byte[], byte[]> record)
      throws UnreadableEventException {
    Writer writer = writersByTopic.get(record.topic());
    String id = record.key() == null ? null : HeaderText.textOrNull(record.key());
    if (writer == null || id == null || record.value() == null) {
      throw new UnreadableEventException(
          record, "wanted a key and a value, on one of %s".formatted(writersByTopic.keySet()));
    }
    try {
      EventHeaders headers = EventHeaders.read(record.headers());
      return new RecordedEvent<>(
          new StreamName(writer.domain(), writer.name(), id),
          headers.version(),
          new Place(record.topic(), record.partition(), headers.sequence(), record.offset()),
          headers.id(),
          headers.occurredAt(),
          headers.metadata(),
          entry(record, id, headers));
    } catch (InvalidHeaderException fault) {
      throw new UnreadableEventException(record, String.valueOf(fault.getMessage()), fault);
    }
  }

  private static JournalEntry entry(
      ConsumerRecord<byte[], byte[]> record, String id, EventHeaders headers)
      throws InvalidHeaderException {
    var metadata = headers.metadata();
    return new JournalEntry(
        record.topic(),
        id,
        headers.version(),
        record.partition(),
        headers.sequence(),
        record.offset(),
        headers.id(),
        headers.type(),
        headers.occurredAt(),
        Instant.ofEpochMilli(record.timestamp()),
        metadata.commandId(),
        metadata.correlationId(),
        metadata.causationId(),
        EventHeaders.commandCause(record.headers()),
        metadata.principal(),
        record.value());
  }
}
