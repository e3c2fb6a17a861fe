package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PositionConflictException;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.RowJson;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One document for each version and partition, in an index of its own. It is read by its id, so
 * never stale, and changed only when nobody else changed it since.
 */
final class ElasticsearchPositions {

  static final String INDEX = "foldstream-positions";

  private static final int MAX_CLAIM_ATTEMPTS = 10;

  private final ElasticsearchHttp http;

  ElasticsearchPositions(ElasticsearchHttp http) {
    this.http = http;
  }

  /** A position with what Elasticsearch wants to see again when it is changed. */
  record Stored(OwnedPosition owned, String owner, String stamp) {}

  Map<TopicPartitionName, Stored> read(
      ViewVersion version, Collection<TopicPartitionName> partitions) {
    ObjectNode body = RowJson.object();
    var ids = body.putArray("ids");
    partitions.forEach(partition -> ids.add(id(version, partition)));
    Answer answer = http.send("POST", "/" + INDEX + "/_mget", body);
    var stored = new TreeMap<TopicPartitionName, Stored>();
    for (JsonNode document : answer.body().path("docs")) {
      if (document.path("found").asBoolean()) {
        JsonNode source = document.path("_source");
        stored.put(partition(source), new Stored(owned(source), owner(source), Stamp.of(document)));
      }
    }
    return stored;
  }

  private static String id(ViewVersion version, TopicPartitionName partition) {
    return "%s/v%d/%s/%d"
        .formatted(
            version.view().path(), version.number(), partition.topic(), partition.partition());
  }

  private static TopicPartitionName partition(JsonNode source) {
    return new TopicPartitionName(
        source.path("topic").asText(), source.path("partition").intValue());
  }

  private static OwnedPosition owned(JsonNode source) {
    return new OwnedPosition(
        new Position(source.path("sequence").longValue(), source.path("nextOffset").longValue()),
        source.path("epoch").longValue(),
        Instant.parse(source.path("movedAt").asText()));
  }

  private static String owner(JsonNode source) {
    return source.path("owner").asText();
  }

  /** Raises the epochs; somebody else's claim or move in between makes it look again. */
  Map<TopicPartitionName, OwnedPosition> claim(
      ViewVersion version, Set<TopicPartitionName> partitions, String owner) {
    for (int attempt = 0; attempt < MAX_CLAIM_ATTEMPTS; attempt++) {
      Map<TopicPartitionName, Stored> found = read(version, partitions);
      var claimed = new TreeMap<TopicPartitionName, OwnedPosition>();
      var lines = new BulkLines();
      for (TopicPartitionName partition : partitions) {
        Stored before = found.get(partition);
        OwnedPosition now = before == null ? OwnedPosition.UNCLAIMED : before.owned();
        var next = new OwnedPosition(now.position(), now.epoch() + 1, now.movedAt());
        claimed.put(partition, next);
        add(lines, version, partition, next, owner, before);
      }
      if (send(lines)) {
        return claimed;
      }
    }
    throw new ViewStoreUnavailableException(
        "wanted to claim %s of %s; found others claiming them, %d times"
            .formatted(partitions, version, MAX_CLAIM_ATTEMPTS),
        new IllegalStateException("contended"));
  }

  private static void add(
      BulkLines lines,
      ViewVersion version,
      TopicPartitionName partition,
      OwnedPosition position,
      String owner,
      @Nullable Stored before) {
    ObjectNode source = RowJson.object();
    source.put("domain", version.view().domain());
    source.put("view", version.view().name());
    source.put("version", version.number());
    source.put("topic", partition.topic());
    source.put("partition", partition.partition());
    source.put("sequence", position.position().sequence());
    source.put("nextOffset", position.position().nextOffset());
    source.put("epoch", position.epoch());
    source.put("owner", owner);
    source.put("movedAt", position.movedAt().toString());
    lines.add(id(version, partition), before == null ? "" : before.stamp(), source);
  }

  /** Whether all were written; false when somebody else was first. */
  private boolean send(BulkLines lines) {
    Answer answer = http.bulk("/" + INDEX + "/_bulk", lines.text());
    boolean all = answer.ok();
    for (JsonNode item : answer.body().path("items")) {
      int status = item.elements().next().path("status").intValue();
      if (status == BulkLines.CONFLICT) {
        all = false;
      } else if (status >= 300) {
        throw new ViewStoreUnavailableException(
            "wanted to write a position; Elasticsearch answered " + item,
            new IllegalStateException("status " + status));
      }
    }
    return all;
  }

  /** The stored positions, when each is what the batch expects and of the same epoch. */
  Map<TopicPartitionName, Stored> expected(ViewBatch batch) {
    Map<TopicPartitionName, Stored> found =
        read(batch.version(), batch.moves().stream().map(PositionMove::partition).toList());
    for (PositionMove move : batch.moves()) {
      Stored stored = found.get(move.partition());
      if (stored == null
          || stored.owned().epoch() != move.epoch()
          || !stored.owned().position().equals(move.expected())) {
        throw new PositionConflictException(batch.version(), batch.moves());
      }
    }
    return found;
  }

  /** Moves them, each only when it is still as it was found. */
  void move(ViewBatch batch, Map<TopicPartitionName, Stored> found) {
    if (batch.moves().isEmpty()) {
      return;
    }
    var lines = new BulkLines();
    Instant now = Instant.now();
    for (PositionMove move : batch.moves()) {
      Stored before = java.util.Objects.requireNonNull(found.get(move.partition()));
      var next = new OwnedPosition(move.next(), move.epoch(), now);
      add(lines, batch.version(), move.partition(), next, before.owner(), before);
    }
    if (!send(lines)) {
      throw new PositionConflictException(batch.version(), batch.moves());
    }
  }
}
