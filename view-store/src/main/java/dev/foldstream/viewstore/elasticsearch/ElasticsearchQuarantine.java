package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.Hold;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineRequest;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.RowJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One document for each entry, in an index of its own. This is the stored form. */
final class ElasticsearchQuarantine {

  static final String INDEX = "foldstream-quarantine";

  /** Elasticsearch gives no more at once. A partition never holds more than this. */
  private static final int MAX_READ = 10_000;

  private final ElasticsearchHttp http;

  ElasticsearchQuarantine(ElasticsearchHttp http) {
    this.http = http;
  }

  /** What is kept of the version; refreshed first, so never stale. */
  List<QuarantineEntry> open(ViewVersion version, TopicPartitionName partition) {
    ObjectNode query = query(version, MAX_READ);
    var filters = filters(query);
    term(filters, "topic", partition.topic());
    filters.addObject().putObject("term").put("partition", partition.partition());
    notDiscarded(query);
    return search(query, true);
  }

  List<QuarantineEntry> page(
      ViewVersion version, int limit, QuarantineEntry.@Nullable Boundary after) {
    ObjectNode query = query(version, limit);
    if (after != null) {
      query
          .putArray("search_after")
          .add(after.topic())
          .add(after.partition())
          .add(after.sequence())
          .add(after.id());
    }
    return search(query, true);
  }

  /** As of the last refresh, which is a second ago at most. */
  List<QuarantineEntry> asked(ViewVersion version, int limit) {
    ObjectNode query = query(version, limit);
    filters(query).addObject().putObject("exists").put("field", "request");
    notDiscarded(query);
    return search(query, false);
  }

  Optional<QuarantineEntry> entry(ViewVersion version, String id) {
    Answer answer = http.get("/" + INDEX + "/_doc/" + path(version, id));
    return answer.body().path("found").asBoolean()
        ? Optional.of(read(answer.body().path("_source")))
        : Optional.empty();
  }

  /** Only over the document as it is found; whoever changes it meanwhile was first. */
  boolean request(ViewVersion version, String id, QuarantineRequest request) {
    Answer found = http.get("/" + INDEX + "/_doc/" + path(version, id));
    if (!found.body().path("found").asBoolean()) {
      return false;
    }
    QuarantineEntry entry = read(found.body().path("_source"));
    if (entry.kind() == QuarantineEntry.Kind.DISCARDED) {
      return false;
    }
    var lines = new BulkLines();
    lines.add(
        id(version, entry.id()), Stamp.of(found.body()), write(version, entry.asked(request)));
    return send(lines, true);
  }

  void write(ViewVersion version, Collection<QuarantineEntry> entries) {
    change(version, entries, List.of());
  }

  /** Puts some in and takes others out; doing it again changes nothing. */
  void change(
      ViewVersion version, Collection<QuarantineEntry> written, Collection<String> removed) {
    if (written.isEmpty() && removed.isEmpty()) {
      return;
    }
    var lines = new BulkLines();
    written.forEach(entry -> lines.put(id(version, entry.id()), write(version, entry)));
    removed.forEach(entry -> lines.delete(id(version, entry)));
    send(lines, false);
  }

  private boolean send(BulkLines lines, boolean refresh) {
    Answer answer =
        http.bulk("/" + INDEX + "/_bulk" + (refresh ? "?refresh=true" : ""), lines.text());
    for (JsonNode item : answer.body().path("items")) {
      int status = item.elements().next().path("status").intValue();
      if (status == BulkLines.CONFLICT) {
        return false;
      }
      if (status >= 300 && status != BulkLines.NOT_FOUND) {
        throw unavailable(item.toString());
      }
    }
    if (!answer.ok()) {
      throw unavailable(answer.error());
    }
    return true;
  }

  private static ViewStoreUnavailableException unavailable(String found) {
    return new ViewStoreUnavailableException(
        "wanted to change the quarantine; Elasticsearch answered " + found,
        new IllegalStateException(found));
  }

  private static String id(ViewVersion version, String entry) {
    return "%s/v%d/%s".formatted(version.view().path(), version.number(), entry);
  }

  private static String path(ViewVersion version, String entry) {
    return URLEncoder.encode(id(version, entry), StandardCharsets.UTF_8);
  }

  private static ObjectNode query(ViewVersion version, int size) {
    ObjectNode body = RowJson.object();
    body.put("size", size);
    var filters = body.putObject("query").putObject("bool").putArray("filter");
    term(filters, "domain", version.view().domain());
    term(filters, "view", version.view().name());
    filters.addObject().putObject("term").put("version", version.number());
    body.putArray("sort").add("topic").add("partition").add("sequence").add("id");
    return body;
  }

  private static com.fasterxml.jackson.databind.node.ArrayNode filters(ObjectNode query) {
    return query.withArray("/query/bool/filter");
  }

  private static void term(
      com.fasterxml.jackson.databind.node.ArrayNode filters, String field, String value) {
    filters.addObject().putObject("term").put(field, value);
  }

  private static void notDiscarded(ObjectNode query) {
    query
        .withObject("/query/bool")
        .putObject("must_not")
        .putObject("term")
        .put("kind", QuarantineEntry.Kind.DISCARDED.name());
  }

  private List<QuarantineEntry> search(ObjectNode query, boolean refresh) {
    if (refresh && http.post("/" + INDEX + "/_refresh").notFound()) {
      return List.of();
    }
    Answer answer = http.send("POST", "/" + INDEX + "/_search", query);
    if (answer.notFound()) {
      return List.of();
    }
    if (!answer.ok()) {
      throw unavailable(answer.error());
    }
    var entries = new ArrayList<QuarantineEntry>();
    answer.body().path("hits").path("hits").forEach(hit -> entries.add(read(hit.path("_source"))));
    return entries;
  }

  static ObjectNode write(ViewVersion version, QuarantineEntry entry) {
    ObjectNode source = RowJson.object();
    source.put("domain", version.view().domain());
    source.put("view", version.view().name());
    source.put("version", version.number());
    source.put("id", entry.id());
    source.put("topic", entry.partition().topic());
    source.put("partition", entry.partition().partition());
    source.put("sequence", entry.sequence());
    source.put("offset", entry.offset());
    source.put("aggregateId", entry.aggregateId());
    source.put("scope", entry.hold().scope().name());
    source.put("key", entry.hold().key());
    source.put("kind", entry.kind().name());
    source.put("cause", entry.cause());
    source.put("detail", entry.detail());
    source.put("attempts", entry.attempts());
    source.put("since", entry.since().toString());
    QuarantineRequest request = entry.request();
    if (request != null) {
      source.put("request", request.action().name());
      source.put("requestedBy", request.principal());
      source.put("reason", request.reason());
      source.put("requestedAt", request.at().toString());
    }
    return source;
  }

  static QuarantineEntry read(JsonNode source) {
    JsonNode request = source.path("request");
    return new QuarantineEntry(
        new TopicPartitionName(source.path("topic").asText(), source.path("partition").intValue()),
        source.path("sequence").longValue(),
        source.path("offset").longValue(),
        source.path("aggregateId").asText(),
        new Hold(Hold.Scope.valueOf(source.path("scope").asText()), source.path("key").asText()),
        QuarantineEntry.Kind.valueOf(source.path("kind").asText()),
        source.path("cause").asText(),
        source.path("detail").asText(),
        source.path("attempts").intValue(),
        Instant.parse(source.path("since").asText()),
        request.isMissingNode()
            ? null
            : new QuarantineRequest(
                QuarantineRequest.Action.valueOf(request.asText()),
                source.path("requestedBy").asText(),
                source.path("reason").asText(),
                Instant.parse(source.path("requestedAt").asText())));
  }

  /** The body that makes the index. */
  static ObjectNode mapping() {
    return ElasticsearchMapping.plain(
        Map.ofEntries(
            Map.entry("domain", "keyword"),
            Map.entry("view", "keyword"),
            Map.entry("version", "long"),
            Map.entry("id", "keyword"),
            Map.entry("topic", "keyword"),
            Map.entry("partition", "long"),
            Map.entry("sequence", "long"),
            Map.entry("offset", "long"),
            Map.entry("aggregateId", ElasticsearchMapping.UNINDEXED),
            Map.entry("scope", "keyword"),
            Map.entry("key", ElasticsearchMapping.UNINDEXED),
            Map.entry("kind", "keyword"),
            Map.entry("cause", "keyword"),
            Map.entry("detail", ElasticsearchMapping.UNINDEXED),
            Map.entry("attempts", "long"),
            Map.entry("since", "date"),
            Map.entry("request", "keyword"),
            Map.entry("requestedBy", ElasticsearchMapping.UNINDEXED),
            Map.entry("reason", ElasticsearchMapping.UNINDEXED),
            Map.entry("requestedAt", "date")));
  }
}
