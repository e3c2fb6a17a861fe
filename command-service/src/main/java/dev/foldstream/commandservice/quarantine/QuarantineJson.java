package dev.foldstream.commandservice.quarantine;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.eventstore.quarantine.QuarantineEntry;
import dev.foldstream.eventstore.quarantine.QuarantineResolution;
import dev.foldstream.eventstore.quarantine.QuarantinedCommand;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Entries of the quarantine as JSON. */
final class QuarantineJson {

  private QuarantineJson() {}

  static void write(QuarantineEntry entry, JsonGenerator out) throws IOException {
    QuarantinedCommand latest = entry.latest();
    out.writeStartObject();
    out.writeStringField("id", entry.id());
    out.writeStringField("state", entry.state().name());
    out.writeStringField("domain", entry.domain());
    out.writeStringField("aggregate", entry.aggregate());
    text("key", latest.key(), out);
    out.writeStringField("commandId", latest.commandId());
    text("type", latest.type(), out);
    out.writeStringField("cause", latest.cause());
    out.writeStringField("detail", latest.detail());
    out.writeNumberField("tries", entry.tries());
    out.writeStringField("setAsideAt", entry.setAsideAt().toString());
    out.writeStringField("topic", latest.topic());
    out.writeNumberField("partition", latest.partition());
    out.writeNumberField("offset", latest.offset());
    resolution(entry.resolution(), out);
    out.writeEndObject();
  }

  private static void resolution(@Nullable QuarantineResolution resolution, JsonGenerator out)
      throws IOException {
    if (resolution == null) {
      out.writeNullField("resolution");
      return;
    }
    out.writeObjectFieldStart("resolution");
    out.writeStringField("kind", resolution.kind());
    out.writeStringField("by", resolution.by());
    out.writeStringField("at", resolution.at().toString());
    text("reason", resolution.reason(), out);
    out.writeEndObject();
  }

  private static void text(String name, @Nullable String value, JsonGenerator out)
      throws IOException {
    if (value == null) {
      out.writeNullField(name);
    } else {
      out.writeStringField(name, value);
    }
  }
}
