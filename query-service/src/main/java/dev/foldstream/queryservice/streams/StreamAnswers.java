package dev.foldstream.queryservice.streams;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.viewstore.journal.JournalEntry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes events and states as JSON. */
@Singleton
public final class StreamAnswers {

  private final RecordJson json = new RecordJson();

  byte[] page(List<EventReading.Read> events, @Nullable String next, String token) {
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("items");
          for (EventReading.Read event : events) {
            out.writeStartObject();
            fields(event, out);
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeStringField("next", next);
          out.writeStringField("token", token);
          out.writeEndObject();
        });
  }

  byte[] state(
      Stream stream, Feature.Aggregate<?, ?, ?> aggregate, StateFold.Folded folded, String token) {
    return JsonBytes.of(
        out -> {
          JournalEntry last = folded.last();
          out.writeStartObject();
          out.writeStringField("domain", stream.domain());
          out.writeStringField("aggregate", stream.name());
          out.writeStringField("id", stream.id());
          out.writeNumberField("version", folded.version());
          out.writeStringField("occurredAt", last == null ? null : last.occurredAt().toString());
          out.writeStringField("recordedAt", last == null ? null : last.recordedAt().toString());
          out.writeFieldName("state");
          json.write(folded.state(), aggregate.state(), out);
          out.writeStringField("token", token);
          out.writeEndObject();
        });
  }

  /** The fields of one event in the object that is being written. */
  public void fields(EventReading.Read read, JsonGenerator out) throws IOException {
    JournalEntry entry = read.entry();
    out.writeStringField("type", entry.type());
    out.writeNumberField("version", entry.version());
    out.writeNumberField("sequence", entry.sequence());
    out.writeNumberField("partition", entry.partition());
    out.writeStringField("id", entry.eventId());
    out.writeStringField("occurredAt", entry.occurredAt().toString());
    out.writeStringField("recordedAt", entry.recordedAt().toString());
    out.writeStringField("commandId", entry.commandId());
    out.writeStringField("correlationId", entry.correlationId());
    out.writeStringField("causationId", entry.causationId());
    out.writeStringField("principal", entry.principal());
    out.writeFieldName("data");
    json.write(read.event(), out);
    if (read.fault() != null) {
      out.writeStringField("unreadable", read.fault());
    }
  }
}
