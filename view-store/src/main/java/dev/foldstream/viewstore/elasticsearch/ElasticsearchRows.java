package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.RowShape;
import dev.foldstream.viewstore.rows.StoreNames;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of one view as documents. A removed row stays as a document without columns. */
final class ElasticsearchRows {

  /** Elasticsearch's own limit for ids. */
  private static final int MAX_KEY_BYTES = 512;

  private static final int MAX_KEYS_A_READ = 1000;
  private static final int MAX_BULK_CHARACTERS = 4 * 1024 * 1024;

  private final ElasticsearchHttp http;
  private final RowJson json;

  ElasticsearchRows(ElasticsearchHttp http, RowShape shape) {
    this.http = http;
    this.json = new RowJson(shape);
  }

  /** Reads by id, so never stale, removed rows too. */
  Map<String, StoredRow> load(String index, Collection<String> keys) {
    var loaded = new HashMap<String, StoredRow>();
    documents(http, index, keys).forEach((key, found) -> loaded.put(key, stored(found)));
    return loaded;
  }

  /** The documents that there are, by id. */
  static Map<String, JsonNode> documents(
      ElasticsearchHttp http, String index, Collection<String> keys) {
    var found = new HashMap<String, JsonNode>();
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += MAX_KEYS_A_READ) {
      List<String> some = all.subList(from, Math.min(all.size(), from + MAX_KEYS_A_READ));
      for (JsonNode document : read(http, index, some).path("docs")) {
        if (document.path("found").asBoolean()) {
          found.put(document.path("_id").asText(), document);
        }
      }
    }
    return found;
  }

  private static JsonNode read(ElasticsearchHttp http, String index, List<String> keys) {
    ObjectNode body = RowJson.object();
    var ids = body.putArray("ids");
    keys.forEach(ids::add);
    Answer answer = http.send("POST", "/" + index + "/_mget", body);
    if (answer.ok() || answer.notFound()) {
      return answer.body();
    }
    throw new IllegalStateException(
        "wanted to read rows of '%s'; Elasticsearch answered %s".formatted(index, answer.error()));
  }

  private StoredRow stored(JsonNode document) {
    JsonNode source = document.path("_source");
    JsonNode own = source.path(ElasticsearchMapping.OWN);
    Record row = own.path("removed").asBoolean() ? null : json.read(source);
    return new StoredRow(
        own.path("revision").longValue(), row, watermarks(document), Stamp.of(document));
  }

  private static Map<TopicPartitionName, Long> watermarks(JsonNode document) {
    var watermarks = new HashMap<TopicPartitionName, Long>();
    document
        .path("_source")
        .path(ElasticsearchMapping.OWN)
        .path("watermarks")
        .properties()
        .forEach(mark -> watermarks.put(partition(mark.getKey()), mark.getValue().longValue()));
    return watermarks;
  }

  /** Whether it holds an event beyond these positions. */
  static boolean isAhead(JsonNode document, Map<TopicPartitionName, Position> positions) {
    return watermarks(document).entrySet().stream()
        .anyMatch(
            mark -> {
              Position position = positions.get(mark.getKey());
              return position != null && mark.getValue() > position.sequence();
            });
  }

  static boolean isRemoved(JsonNode document) {
    return document.path("_source").path(ElasticsearchMapping.OWN).path("removed").asBoolean();
  }

  private static TopicPartitionName partition(String name) {
    int slash = name.lastIndexOf('/');
    return new TopicPartitionName(
        name.substring(0, slash), Integer.parseInt(name.substring(slash + 1)));
  }

  /** The row in a document that was read or found, empty when it was removed. */
  Optional<ViewRow> row(JsonNode document) {
    JsonNode own = document.path("_source").path(ElasticsearchMapping.OWN);
    if (own.isMissingNode() || own.path("removed").asBoolean()) {
      return Optional.empty();
    }
    return Optional.of(
        new ViewRow(
            document.path("_id").asText(),
            own.path("revision").longValue(),
            json.read(document.path("_source"))));
  }

  Optional<ViewRow> one(String index, String key) {
    JsonNode document = read(http, index, List.of(key)).path("docs").path(0);
    return document.path("found").asBoolean() ? row(document) : Optional.empty();
  }

  /**
   * Writes each row when it is still as it was loaded; all are tried before the first refusal.
   *
   * @return the rows as they are stored
   */
  Map<String, StoredRow> write(ViewVersion version, List<RowChange> changes) {
    var writer = new BulkWriter(http, StoreNames.rows(version));
    try (var bulks = new BulkPipeline(writer)) {
      var lines = new BulkLines();
      for (RowChange change : changes) {
        refuseTooLong(change.key());
        lines.add(change.key(), change.before().stamp(), source(change));
        if (lines.length() > MAX_BULK_CHARACTERS) {
          bulks.send(lines);
          lines = new BulkLines();
        }
      }
      bulks.sendLast(lines);
    }
    writer.end();
    return stored(changes, writer.stamps());
  }

  private static void refuseTooLong(String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_KEY_BYTES) {
      throw new RowRefusedException(
          "a key in Elasticsearch has at most %d bytes; '%s' has %d"
              .formatted(MAX_KEY_BYTES, key, bytes));
    }
  }

  private static Map<String, StoredRow> stored(
      List<RowChange> changes, Map<String, String> stamps) {
    var stored = HashMap.<String, StoredRow>newHashMap(changes.size());
    for (RowChange change : changes) {
      String stamp = stamps.get(change.key());
      if (stamp != null) {
        stored.put(
            change.key(),
            new StoredRow(change.revision(), change.row(), change.watermarks(), stamp));
      }
    }
    return stored;
  }

  private ObjectNode source(RowChange change) {
    ObjectNode source = RowJson.object();
    ObjectNode own = source.putObject(ElasticsearchMapping.OWN);
    own.put("key", change.key());
    own.put("revision", change.revision());
    own.put("removed", change.row() == null);
    ObjectNode watermarks = own.putObject("watermarks");
    change
        .watermarks()
        .forEach(
            (partition, sequence) ->
                watermarks.put(partition.topic() + "/" + partition.partition(), sequence));
    if (change.row() != null) {
      json.write(change.row(), source);
    }
    return source;
  }
}
