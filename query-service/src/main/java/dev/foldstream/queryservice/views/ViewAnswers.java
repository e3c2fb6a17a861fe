package dev.foldstream.queryservice.views;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewRow;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes views and their rows as JSON. */
@Singleton
final class ViewAnswers {

  private final RecordJson json = new RecordJson();

  byte[] row(ViewRow row) {
    return JsonBytes.of(out -> json.write(row.row(), out));
  }

  byte[] page(List<ViewRow> rows, @Nullable String next, String token) {
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("items");
          for (ViewRow row : rows) {
            json.write(row.row(), out);
          }
          out.writeEndArray();
          out.writeStringField("next", next);
          out.writeStringField("token", token);
          out.writeEndObject();
        });
  }

  byte[] list(List<ServedView> views) {
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("items");
          for (ServedView view : views) {
            write(view, out);
          }
          out.writeEndArray();
          out.writeNullField("next");
          out.writeEndObject();
        });
  }

  private static void write(ServedView view, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("view", view.address());
    out.writeStringField("domain", view.definition().domain());
    out.writeNumberField("version", view.definition().feature().version());
    texts(
        "stores",
        view.stores().stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).sorted().toList(),
        out);
    texts("topics", view.definition().topics(), out);
    out.writeArrayFieldStart("columns");
    for (ViewColumn column : view.shape().columns()) {
      out.writeStartObject();
      out.writeStringField("name", column.name());
      out.writeStringField("type", column.type().name().toLowerCase(Locale.ROOT));
      out.writeBooleanField("nullable", column.nullable());
      out.writeBooleanField("comparable", column.type().comparable());
      out.writeEndObject();
    }
    out.writeEndArray();
    texts("searched", view.definition().feature().search(), out);
    out.writeEndObject();
  }

  private static void texts(String name, List<String> texts, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
