package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.LedgerCounts;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PositionConflictException;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.VersionSwitchException;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.RowJson;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One document for each version and partition, in an index of its own. It is read by its id, so
 * never stale, and changed only when nobody else changed it since.
 */
final class ElasticsearchPositions {

  static final String INDEX = "foldstream-positions";

  private static final int MAX_CLAIM_ATTEMPTS = 10;

  private final ElasticsearchHttp http;
  private final ElasticsearchQuarantine quarantine;
  private final ElasticsearchVersions versions;

  ElasticsearchPositions(
      ElasticsearchHttp http, ElasticsearchQuarantine quarantine, ElasticsearchVersions versions) {
    this.http = http;
    this.quarantine = quarantine;
    this.versions = versions;
  }

  /** A position with what Elasticsearch wants to see again when it is changed. */
  record Stored(
      OwnedPosition owned,
      LedgerCounts counts,
      Settling settling,
      String owner,
      @Nullable Seal seal,
      String stamp) {

    static final Stored NONE =
        new Stored(OwnedPosition.UNCLAIMED, LedgerCounts.NONE, Settling.NOTHING, "", null, "");

    /** The same under the next epoch. */
    Stored claimed(String by, @Nullable Seal sealed) {
      var next = new OwnedPosition(owned.position(), owned.epoch() + 1, owned.movedAt());
      return new Stored(next, counts, settling, by, sealed, stamp);
    }

    boolean isSealed() {
      return seal != null && seal.holds();
    }
  }

  /** Every position of the version, the start for one never claimed. */
  SortedMap<TopicPartitionName, Position> all(ViewVersion version) {
    SortedMap<TopicPartitionName, Position> all = version.view().start();
    read(version, all.keySet())
        .forEach((partition, stored) -> all.put(partition, stored.owned().position()));
    return all;
  }

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
        stored.put(
            partition(source),
            new Stored(
                owned(source),
                counts(source),
                Settling.read(source.path("settling")),
                owner(source),
                Seal.read(source),
                Stamp.of(document)));
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

  private static LedgerCounts counts(JsonNode source) {
    return new LedgerCounts(
        source.path("applied").longValue(),
        source.path("filtered").longValue(),
        source.path("quarantined").longValue(),
        source.path("discarded").longValue());
  }

  private static String owner(JsonNode source) {
    return source.path("owner").asText();
  }

  /** Raises the epochs, and settles what the owner before left to be settled in the quarantine. */
  Map<TopicPartitionName, OwnedPosition> claim(
      ViewVersion version, Set<TopicPartitionName> partitions, String owner) {
    if (!versions.exists(version)) {
      throw new ViewStoreUnavailableException(
          "wanted to claim %s of %s; found that the version was dropped"
              .formatted(partitions, version),
          new IllegalStateException("dropped"));
    }
    Map<TopicPartitionName, Stored> before =
        change(version, partitions, found -> unsealed(version, found).claimed(owner, null));
    var claimed = new TreeMap<TopicPartitionName, OwnedPosition>();
    before.forEach(
        (partition, stored) -> {
          if (!stored.equals(Stored.NONE)) {
            settle(version, partition, stored);
          }
          claimed.put(partition, stored.claimed(owner, null).owned());
        });
    return claimed;
  }

  /**
   * While another version becomes live there is nothing to claim; a seal that is over is broken.
   */
  private Stored unsealed(ViewVersion version, Stored found) {
    if (found.isSealed()) {
      throw new VersionSwitchException(version);
    }
    if (found.seal() != null) {
      versions.endSwitch(version.view(), found.seal());
    }
    return found;
  }

  /** Makes every claim void, and nobody claims until the seal ends. */
  void seal(ViewVersion version, Seal seal) {
    change(
        version,
        version.view().start().keySet(),
        found -> {
          if (found.seal() != null) {
            versions.endSwitch(version.view(), found.seal());
          }
          return found.claimed(seal.token(), seal);
        });
  }

  /** Claims are given again. */
  void unseal(ViewVersion version, Seal seal) {
    Set<TopicPartitionName> sealed = new HashSet<>();
    read(version, version.view().start().keySet())
        .forEach(
            (partition, stored) -> {
              if (seal.equals(stored.seal())) {
                sealed.add(partition);
              }
            });
    change(
        version,
        sealed,
        found -> seal.equals(found.seal()) ? found.claimed(found.owner(), null) : found);
  }

  /** Returns what was found; somebody else's change in between makes it look again. */
  private Map<TopicPartitionName, Stored> change(
      ViewVersion version, Set<TopicPartitionName> partitions, UnaryOperator<Stored> change) {
    for (int attempt = 0; attempt < MAX_CLAIM_ATTEMPTS; attempt++) {
      Map<TopicPartitionName, Stored> found = read(version, partitions);
      var lines = new BulkLines();
      for (TopicPartitionName partition : partitions) {
        found.putIfAbsent(partition, Stored.NONE);
        add(lines, version, partition, change.apply(found.getOrDefault(partition, Stored.NONE)));
      }
      if (lines.isEmpty() || send(lines)) {
        return found;
      }
    }
    throw new ViewStoreUnavailableException(
        "wanted to claim %s of %s; found others claiming them, %d times"
            .formatted(partitions, version, MAX_CLAIM_ATTEMPTS),
        new IllegalStateException("contended"));
  }

  /** Nobody but the owner writes entries of its partition, so none is taken away that is new. */
  private void settle(ViewVersion version, TopicPartitionName partition, Stored stored) {
    long reached = stored.owned().position().sequence();
    List<String> never =
        quarantine.open(version, partition).stream()
            .filter(entry -> entry.sequence() > reached)
            .map(QuarantineEntry::id)
            .toList();
    quarantine.change(version, stored.settling().discarded(), stored.settling().removed());
    quarantine.change(version, List.of(), never);
  }

  /** Writes this over what has its stamp. */
  private static void add(
      BulkLines lines, ViewVersion version, TopicPartitionName partition, Stored stored) {
    OwnedPosition position = stored.owned();
    ObjectNode source = RowJson.object();
    source.put("domain", version.view().domain());
    source.put("view", version.view().name());
    source.put("version", version.number());
    source.put("topic", partition.topic());
    source.put("partition", partition.partition());
    source.put("sequence", position.position().sequence());
    source.put("nextOffset", position.position().nextOffset());
    source.put("epoch", position.epoch());
    source.put("owner", stored.owner());
    source.put("movedAt", position.movedAt().toString());
    if (stored.seal() != null) {
      stored.seal().write(source);
    }
    source.put("applied", stored.counts().applied());
    source.put("filtered", stored.counts().filtered());
    source.put("quarantined", stored.counts().quarantined());
    source.put("discarded", stored.counts().discarded());
    if (!stored.settling().isEmpty()) {
      source.set("settling", stored.settling().write(version));
    }
    lines.add(id(version, partition), stored.stamp(), source);
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
      if (stored != null && stored.isSealed()) {
        throw new VersionSwitchException(batch.version());
      }
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
      LedgerCounts counts = before.counts().plus(move.counts());
      var settling = Settling.of(batch.quarantine(), move.partition());
      add(
          lines,
          batch.version(),
          move.partition(),
          new Stored(next, counts, settling, before.owner(), null, before.stamp()));
    }
    if (!send(lines)) {
      expected(batch);
      throw new PositionConflictException(batch.version(), batch.moves());
    }
    for (PositionMove move : batch.moves()) {
      var settling = Settling.of(batch.quarantine(), move.partition());
      quarantine.change(batch.version(), settling.discarded(), settling.removed());
    }
  }
}
