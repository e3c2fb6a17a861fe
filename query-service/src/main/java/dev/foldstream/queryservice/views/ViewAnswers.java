package dev.foldstream.queryservice.views;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.queryservice.answers.AnswerText;
import dev.foldstream.queryservice.answers.RowWriter;
import dev.foldstream.queryservice.filters.Selection;
import dev.foldstream.queryservice.limits.CostSettings;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewPage;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes views and their rows as JSON. */
@Singleton
final class ViewAnswers {

  private final int most;

  ViewAnswers(CostSettings settings) {
    this.most = settings.maxAnswerSize();
  }

  byte[] row(ViewRow row, Selection selection) {
    return AnswerText.of(most, out -> new RowWriter(selection).write(row.row(), out));
  }

  /** The token comes last: what is before it is the same as long as the rows are. */
  byte[] page(ViewPage page, Selection selection, @Nullable String next, String token) {
    var rows = new RowWriter(selection);
    return AnswerText.of(
        most,
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("items");
          for (ViewRow row : page.rows()) {
            rows.write(row.row(), out);
          }
          out.writeEndArray();
          out.writeStringField("next", next);
          if (page.count() != null) {
            out.writeNumberField("count", page.count());
          }
          out.writeStringField("token", token);
          out.writeEndObject();
        });
  }

  byte[] list(List<ServedView> views) {
    return AnswerText.of(
        most,
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
    if (view.topology() != null) {
      out.writeStringField("topology", view.topology());
    }
    out.writeNumberField("version", view.definition().feature().version());
    texts(
        "stores",
        view.stores().stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).sorted().toList(),
        out);
    texts("topics", view.definition().topics(), out);
    columns(view, out);
    texts(
        "fields",
        RowFields.of(view.shape().type()).all().stream().map(RowField::path).toList(),
        out);
    texts("searched", view.definition().feature().search(), out);
    out.writeEndObject();
  }

  private static void columns(ServedView view, JsonGenerator out) throws IOException {
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
  }

  private static void texts(String name, List<String> texts, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
