package dev.foldstream.queryservice.search;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.queryservice.answers.AnswerText;
import dev.foldstream.queryservice.answers.RowWriter;
import dev.foldstream.queryservice.filters.Selection;
import dev.foldstream.queryservice.limits.CostSettings;
import dev.foldstream.viewstore.SearchReader.Hit;
import dev.foldstream.viewstore.SearchReader.SearchResult;
import dev.foldstream.viewstore.SearchReader.Suggestion;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was found as JSON: each hit is the row as {@code /views} gives it, with {@code
 * _score} and {@code _highlights} beside its fields. No column begins with an underscore.
 */
@Singleton
final class SearchAnswers {

  private final int most;

  SearchAnswers(CostSettings settings) {
    this.most = settings.maxAnswerSize();
  }

  byte[] result(SearchResult result, Selection selection, @Nullable String next, String token) {
    var rows = new RowWriter(selection);
    return AnswerText.of(
        most,
        out -> {
          out.writeStartObject();
          out.writeNumberField("total", result.total());
          out.writeArrayFieldStart("items");
          for (Hit hit : result.hits()) {
            write(hit, rows, out);
          }
          out.writeEndArray();
          out.writeObjectFieldStart("facets");
          for (var facet : result.facets().entrySet()) {
            counts(facet.getKey(), facet.getValue(), out);
          }
          out.writeEndObject();
          out.writeStringField("next", next);
          out.writeStringField("token", token);
          out.writeEndObject();
        });
  }

  private static void write(Hit hit, RowWriter rows, JsonGenerator whole) throws IOException {
    JsonGenerator out = rows.selected(whole);
    out.writeStartObject();
    rows.writeFields(hit.row().row(), out);
    out.writeNumberField("_score", hit.score());
    out.writeObjectFieldStart("_highlights");
    for (Map.Entry<String, List<String>> column : hit.highlights().entrySet()) {
      out.writeArrayFieldStart(column.getKey());
      for (String fragment : column.getValue()) {
        out.writeString(fragment);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void counts(String facet, Map<String, Long> counts, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart(facet);
    for (Map.Entry<String, Long> value : counts.entrySet()) {
      out.writeNumberField(value.getKey(), value.getValue());
    }
    out.writeEndObject();
  }

  byte[] suggestions(List<Suggestion> suggestions, String token) {
    return AnswerText.of(
        most,
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("items");
          for (Suggestion suggestion : suggestions) {
            out.writeStartObject();
            out.writeStringField("text", suggestion.text());
            out.writeStringField("column", suggestion.column());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeNullField("next");
          out.writeStringField("token", token);
          out.writeEndObject();
        });
  }
}
