package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.Rebuild.Progress;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildLostException;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.StoredComparison;
import dev.foldstream.viewstore.rows.RowJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The last rebuild of each view, one document each, in an index of its own. Changed only when
 * nobody else changed it since it was read. This is the stored form.
 *
 * <p>Whether an owner lives is told by its document: it changes every second. How long one stood
 * still is measured here, by this process's own clock, so clocks of hosts need not agree.
 */
final class RebuildDocuments {

  static final String INDEX = "foldstream-rebuilds";

  private static final int MAX_CHANGE_ATTEMPTS = 20;
  private static final int MAX_VIEWS = 1000;

  private final ElasticsearchHttp http;
  private final Map<String, Sign> signs = new ConcurrentHashMap<>();

  /** A document as it was seen, and since when it is so. */
  private record Sign(String stamp, long sinceNanos) {}

  RebuildDocuments(ElasticsearchHttp http) {
    this.http = http;
  }

  /**
   * A rebuild with what is kept beside it.
   *
   * @param liveBefore the version that was live before, 0 when there is none
   * @param switchedFrom the live version when a switch was begun, 0 when none was
   * @param highest the highest number a rebuild of this view ever had
   */
  record Kept(Rebuild rebuild, int liveBefore, int switchedFrom, int highest, String stamp) {

    Kept with(Rebuild next) {
      return new Kept(next, liveBefore, switchedFrom, highest, stamp);
    }

    Kept switching(int from) {
      return new Kept(rebuild, liveBefore, from, highest, stamp);
    }

    Kept switched() {
      return new Kept(
          Rebuilds.ended(rebuild, RebuildState.DONE, null), switchedFrom, 0, highest, stamp);
    }
  }

  private static String id(ViewDefinition view) {
    return view.path();
  }

  Optional<Kept> find(ViewDefinition view) {
    String id = URLEncoder.encode(id(view), StandardCharsets.UTF_8);
    JsonNode found = http.get("/" + INDEX + "/_doc/" + id).body();
    return found.path("found").asBoolean() ? Optional.of(read(view, found)) : Optional.empty();
  }

  /** Whether it was still as its stamp says; an empty stamp stands for no document. */
  boolean write(Kept kept) {
    var lines = new BulkLines();
    lines.add(id(kept.rebuild().version().view()), kept.stamp(), source(kept));
    Answer answer = http.bulk("/" + INDEX + "/_bulk?refresh=true", lines.text());
    int status = answer.status();
    for (JsonNode item : answer.body().path("items")) {
      status = item.elements().next().path("status").intValue();
    }
    if (status == BulkLines.CONFLICT) {
      return false;
    }
    if (status >= 300) {
      throw new ViewStoreUnavailableException(
          "wanted to write a rebuild; Elasticsearch answered " + answer.body(),
          new IllegalStateException("status " + status));
    }
    return true;
  }

  /** Changes what is still of this owner. */
  Kept change(Rebuild ours, UnaryOperator<Kept> change) {
    for (int attempt = 0; attempt < MAX_CHANGE_ATTEMPTS; attempt++) {
      Kept found =
          find(ours.version().view())
              .filter(kept -> kept.rebuild().epoch() == ours.epoch())
              .filter(kept -> !kept.rebuild().state().ended())
              .orElseThrow(() -> new RebuildLostException(ours));
      Kept next = change.apply(found);
      if (write(next)) {
        return next;
      }
    }
    throw contended(ours.version().view());
  }

  static ViewStoreUnavailableException contended(ViewDefinition view) {
    return new ViewStoreUnavailableException(
        "the rebuild of %s changed under each of %d attempts to write it"
            .formatted(view.path(), MAX_CHANGE_ATTEMPTS),
        new IllegalStateException("contended"));
  }

  /** How many rebuilds have an owner that gave a sign within the lease. */
  int active(Duration lease) {
    ObjectNode body = RowJson.object();
    body.put("size", MAX_VIEWS);
    body.put("seq_no_primary_term", true);
    body.put("_source", false);
    body.putObject("query").putObject("exists").put("field", "owner");
    JsonNode hits = http.send("POST", "/" + INDEX + "/_search", body).body().at("/hits/hits");
    int active = 0;
    for (JsonNode hit : hits) {
      if (!stoodStill(hit.path("_id").asText(), Stamp.of(hit), lease)) {
        active++;
      }
    }
    return active;
  }

  /** Whether the owner of this rebuild gave no sign for a lease. */
  boolean stoodStill(Kept kept, Duration lease) {
    return stoodStill(id(kept.rebuild().version().view()), kept.stamp(), lease);
  }

  private boolean stoodStill(String id, String stamp, Duration lease) {
    long now = System.nanoTime();
    Sign sign =
        signs.merge(
            id,
            new Sign(stamp, now),
            (before, seen) -> before.stamp().equals(seen.stamp()) ? before : seen);
    return now - sign.sinceNanos() >= lease.toNanos();
  }

  private static Kept read(ViewDefinition view, JsonNode document) {
    JsonNode source = document.path("_source");
    var rebuild =
        new Rebuild(
            RebuildKind.valueOf(source.path("kind").asText()),
            new ViewVersion(view, source.path("version").intValue()),
            RebuildState.valueOf(source.path("state").asText()),
            text(source, "reason"),
            source.path("changed").asBoolean(),
            source.path("epoch").longValue(),
            text(source, "owner"),
            Asked.valueOf(source.path("asked").asText()),
            new Progress(
                source.path("eventsDone").longValue(),
                source.path("eventsTotal").longValue(),
                source.path("perSecond").doubleValue(),
                time(source, "upTo")),
            Instant.parse(source.path("startedAt").asText()),
            time(source, "endedAt"),
            source.hasNonNull("comparison")
                ? StoredComparison.read(source.path("comparison").asText())
                : null);
    return new Kept(
        rebuild,
        source.path("liveBefore").intValue(),
        source.path("switchedFrom").intValue(),
        source.path("highest").intValue(),
        Stamp.of(document));
  }

  private static @Nullable Instant time(JsonNode source, String field) {
    String text = text(source, field);
    return text == null ? null : Instant.parse(text);
  }

  private static @Nullable String text(JsonNode source, String field) {
    return source.hasNonNull(field) ? source.path(field).asText() : null;
  }

  private static ObjectNode source(Kept kept) {
    Rebuild rebuild = kept.rebuild();
    ObjectNode source = RowJson.object();
    source.put("domain", rebuild.version().view().domain());
    source.put("view", rebuild.version().view().name());
    source.put("version", rebuild.version().number());
    source.put("kind", rebuild.kind().name());
    source.put("state", rebuild.state().name());
    source.put("reason", rebuild.reason());
    source.put("changed", rebuild.changed());
    source.put("epoch", rebuild.epoch());
    source.put("owner", rebuild.owner());
    source.put("asked", rebuild.asked().name());
    source.put("eventsDone", rebuild.progress().done());
    source.put("eventsTotal", rebuild.progress().total());
    source.put("perSecond", rebuild.progress().perSecond());
    source.put("startedAt", rebuild.startedAt().toString());
    put(source, "upTo", rebuild.progress().upTo());
    put(source, "endedAt", rebuild.endedAt());
    var comparison = rebuild.comparison();
    source.put("comparison", comparison == null ? null : StoredComparison.write(comparison));
    source.put("liveBefore", kept.liveBefore());
    source.put("switchedFrom", kept.switchedFrom());
    source.put("highest", kept.highest());
    return source;
  }

  private static void put(ObjectNode source, String field, @Nullable Instant time) {
    source.put(field, time == null ? null : time.toString());
  }

  /** The body that makes the index. */
  static ObjectNode mapping() {
    return ElasticsearchMapping.plain(
        Map.ofEntries(
            Map.entry("domain", "keyword"),
            Map.entry("view", "keyword"),
            Map.entry("version", "long"),
            Map.entry("kind", "keyword"),
            Map.entry("state", "keyword"),
            Map.entry("reason", ElasticsearchMapping.UNINDEXED),
            Map.entry("changed", "boolean"),
            Map.entry("epoch", "long"),
            Map.entry("owner", "keyword"),
            Map.entry("asked", "keyword"),
            Map.entry("eventsDone", "long"),
            Map.entry("eventsTotal", "long"),
            Map.entry("perSecond", "double"),
            Map.entry("upTo", "date"),
            Map.entry("startedAt", "date"),
            Map.entry("endedAt", "date"),
            Map.entry("comparison", ElasticsearchMapping.UNINDEXED),
            Map.entry("liveBefore", "long"),
            Map.entry("switchedFrom", "long"),
            Map.entry("highest", "long")));
  }
}
