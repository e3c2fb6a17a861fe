package dev.foldstream.queryservice.search;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.viewstore.SearchReader.Hit;
import dev.foldstream.viewstore.SearchReader.SearchResult;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes what was found as JSON: each hit is the row as {@code /views} gives it, with {@code
 * _score} and {@code _highlights} beside its fields. No column begins with an underscore.
 */
@Singleton
final class SearchAnswers {

  private final RecordJson json = new RecordJson();

  byte[] result(SearchResult result, String token) {
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeNumberField("total", result.total());
          out.writeArrayFieldStart("items");
          for (Hit hit : result.hits()) {
            write(hit, out);
          }
          out.writeEndArray();
          out.writeObjectFieldStart("facets");
          for (var facet : result.facets().entrySet()) {
            counts(facet.getKey(), facet.getValue(), out);
          }
          out.writeEndObject();
          out.writeNullField("next");
          out.writeStringField("token", token);
          out.writeEndObject();
        });
  }

  private void write(Hit hit, JsonGenerator out) throws IOException {
    out.writeStartObject();
    json.writeFields(hit.row().row(), out);
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
}
