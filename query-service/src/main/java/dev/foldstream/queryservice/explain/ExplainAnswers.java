package dev.foldstream.queryservice.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.streams.StreamAnswers;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.viewstore.ViewRow;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the story of a row as JSON. */
@Singleton
final class ExplainAnswers {

  /** Events of one answer; of more the last ones are given. */
  static final int MAX_ITEMS = 1_000;

  private final RecordJson json = new RecordJson();
  private final StreamAnswers events;

  ExplainAnswers(StreamAnswers events) {
    this.events = events;
  }

  byte[] of(
      ServedView view,
      String key,
      @Nullable ViewRow kept,
      RowStory story,
      boolean complete,
      int lookedAt,
      String token) {
    List<RowStory.Chapter> all = story.chapters();
    int omitted = Math.max(0, all.size() - MAX_ITEMS);
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeStringField("view", view.address());
          out.writeStringField("key", key);
          out.writeFieldName("row");
          json.write(kept == null ? null : kept.row(), out);
          out.writeBooleanField("same", story.same(kept));
          out.writeBooleanField("complete", complete);
          if (!complete) {
            out.writeStringField("notLookedAt", notLookedAt(lookedAt));
          }
          out.writeNumberField("lookedAt", lookedAt);
          out.writeNumberField("omitted", omitted);
          out.writeArrayFieldStart("items");
          for (RowStory.Chapter chapter : all.subList(omitted, all.size())) {
            write(chapter, out);
          }
          out.writeEndArray();
          out.writeStringField("token", token);
          out.writeEndObject();
        });
  }

  private static String notLookedAt(int lookedAt) {
    return "%d events were looked at, in order of topic and aggregate, those with this key as their id among them; at most %d, and %d that touch the row, are looked at within %d s. What lies behind them may have made the row, too"
        .formatted(
            lookedAt, RowEvents.MAX_LOOKED_AT, RowEvents.MAX_FOUND, RowEvents.MAX_TIME.toSeconds());
  }

  private void write(RowStory.Chapter chapter, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("topic", chapter.candidate().entry().topic());
    out.writeStringField("stream", chapter.candidate().entry().id());
    events.fields(chapter.candidate().read(), out);
    out.writeFieldName("row");
    json.write(chapter.row(), out);
    if (chapter.failure() != null) {
      out.writeStringField("failure", chapter.failure());
    }
    out.writeEndObject();
  }
}
