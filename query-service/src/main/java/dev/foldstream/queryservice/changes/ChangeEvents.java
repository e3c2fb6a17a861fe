package dev.foldstream.queryservice.changes;

import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.kernel.Token;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.changes.ChangeCursor;
import io.micronaut.http.sse.Event;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The events of a stream of changes. The id of an event says where the view was: its version and a
 * token. Ids are the stored form, because browsers keep them.
 */
final class ChangeEvents {

  private static final Pattern ID = Pattern.compile("(\\d{1,9}):(.+)");
  private static final String GAP =
      "what changed is not known any more, or was too much: read what you need again";

  private static final RecordJson JSON = new RecordJson();

  private ChangeEvents() {}

  static String id(ChangeCursor cursor) {
    return cursor.version() + ":" + cursor.token().text();
  }

  /** Where an id says to go on. */
  static Optional<ChangeCursor> cursor(String id) {
    Matcher parts = ID.matcher(id);
    return parts.matches()
        ? Token.parse(parts.group(2))
            .map(token -> ChangeCursor.at(Integer.parseInt(parts.group(1)), token))
        : Optional.empty();
  }

  /**
   * @param now null when what follows begins earlier
   */
  static Event<String> open(@Nullable ChangeCursor now) {
    if (now == null) {
      return Event.of("{}").name("open");
    }
    return Event.of(
            text(
                out -> {
                  out.writeStartObject();
                  out.writeNumberField("version", now.version());
                  out.writeStringField("token", now.token().text());
                  out.writeEndObject();
                }))
        .name("open")
        .id(id(now));
  }

  /**
   * @param now null when more of the same moment follows
   */
  static Event<String> change(String key, @Nullable ViewRow row, @Nullable ChangeCursor now) {
    Event<String> event =
        Event.of(
                text(
                    out -> {
                      out.writeStartObject();
                      out.writeStringField("key", key);
                      if (row != null) {
                        out.writeNumberField("revision", row.revision());
                      }
                      out.writeFieldName("row");
                      JSON.write(row == null ? null : row.row(), out);
                      out.writeEndObject();
                    }))
            .name("change");
    return now == null ? event : event.id(id(now));
  }

  static Event<String> reset(ChangeCursor now) {
    return Event.of(
            text(
                out -> {
                  out.writeStartObject();
                  out.writeStringField("reason", GAP);
                  out.writeNumberField("version", now.version());
                  out.writeStringField("token", now.token().text());
                  out.writeEndObject();
                }))
        .name("reset")
        .id(id(now));
  }

  static Event<String> heartbeat() {
    return Event.of("{}").name("heartbeat");
  }

  private static String text(JsonBytes.Content content) {
    return new String(JsonBytes.of(content), StandardCharsets.UTF_8);
  }
}
