package dev.foldstream.endtoend.tradingday;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One line of the file.
 *
 * @param data texts, whole numbers, and lists of such objects
 */
record CommandLine(
    String aggregate,
    String id,
    String command,
    Map<String, Object> data,
    String commandId,
    Instant occurredAt) {

  private static final JsonFactory JSON = new JsonFactory();

  CommandLine saidAgainAt(Instant time) {
    return new CommandLine(aggregate, id, command, data, commandId, time);
  }

  CommandLine repeatedAs(String otherCommandId, Instant time) {
    return new CommandLine(aggregate, id, command, data, otherCommandId, time);
  }

  String json() {
    var text = new StringWriter();
    try (var out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("domain", "commerce");
      out.writeStringField("aggregate", aggregate);
      out.writeStringField("id", id);
      out.writeStringField("command", command);
      out.writeFieldName("data");
      write(data, out);
      out.writeStringField("commandId", commandId);
      out.writeStringField("occurredAt", occurredAt.toString());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator out) throws IOException {
    switch (value) {
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case List<?> list -> {
        out.writeStartArray();
        for (Object item : list) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case Map<?, ?> object -> {
        out.writeStartObject();
        for (var field : object.entrySet()) {
          out.writeFieldName((String) field.getKey());
          write(field.getValue(), out);
        }
        out.writeEndObject();
      }
      default -> throw new IllegalArgumentException("not written as JSON: " + value.getClass());
    }
  }
}
