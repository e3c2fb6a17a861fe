package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Comparison.Reached;
import dev.foldstream.viewstore.rebuild.DifferingKeys;
import dev.foldstream.viewstore.rebuild.ViewRebuilds.CatchUp;
import dev.foldstream.viewstore.rows.StoreNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Compares two indices key by key, in pages.
 *
 * <p>Positions are read first, and then the rows of the live version as of one moment. Positions
 * move after rows, so these rows hold every event up to the positions; what else a row holds is
 * told by its watermarks. A row that holds none beyond the positions is the fold of exactly those
 * events, and is compared with the built version, brought to the same positions. The few rows of
 * batches that were under way at that moment hold more. They are looked at again, when their events
 * are below the positions, too.
 */
final class ElasticsearchComparison {

  /** Rows of batches under way; more are a sign of something else. */
  private static final int MAX_UNDER_WAY = 100_000;

  private static final int MAX_ROUNDS = 100;
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
  private static final long SHORTEST_PAUSE_MILLIS = 10;

  private final ElasticsearchHttp http;
  private final ElasticsearchVersions versions;
  private final ElasticsearchPositions positions;
  private final ViewVersion live;
  private final ViewVersion built;
  private final List<String> columns;
  private final DifferingKeys differing = new DifferingKeys();
  private final TreeSet<String> underWay = new TreeSet<>();
  private long liveRows;
  private long builtRows;

  ElasticsearchComparison(
      ElasticsearchHttp http,
      ElasticsearchVersions versions,
      ElasticsearchPositions positions,
      ViewVersion live,
      ViewVersion built) {
    this.http = http;
    this.versions = versions;
    this.positions = positions;
    this.live = live;
    this.built = built;
    this.columns =
        DifferingKeys.commonColumns(
            versions.declaration(live).orElseThrow(), versions.declaration(built).orElseThrow());
  }

  Comparison compare(CatchUp catchUp) {
    SortedMap<TopicPartitionName, Position> at = positions.all(live);
    try (var lives = SortedRows.open(http, versions, StoreNames.index(live))) {
      catchUp.to(at);
      try (var builts = SortedRows.open(http, versions, StoreNames.index(built))) {
        merge(lives, builts, at);
      }
    }
    settle(catchUp);
    return new Comparison(
        Reached.of(at), liveRows, builtRows, columns, differing.found(), differing.hasMore());
  }

  private void merge(SortedRows lives, SortedRows builts, Map<TopicPartitionName, Position> at) {
    while (true) {
      JsonNode left = lives.peek();
      JsonNode right = builts.peek();
      if (left == null && right == null) {
        return;
      }
      int order = order(left, right);
      if (order <= 0) {
        lives.next();
      }
      if (order >= 0) {
        builts.next();
      }
      compare(order <= 0 ? left : null, order >= 0 ? right : null, at);
    }
  }

  /** In Elasticsearch texts are in order of their bytes. */
  private static int order(@Nullable JsonNode left, @Nullable JsonNode right) {
    if (left == null || right == null) {
      return left == null ? 1 : -1;
    }
    return Arrays.compareUnsigned(bytes(left), bytes(right));
  }

  private static byte[] bytes(JsonNode document) {
    return SortedRows.key(document).getBytes(StandardCharsets.UTF_8);
  }

  private void compare(
      @Nullable JsonNode left, @Nullable JsonNode right, Map<TopicPartitionName, Position> at) {
    String key = SortedRows.key(left != null ? left : java.util.Objects.requireNonNull(right));
    if (left != null && ElasticsearchRows.isAhead(left, at)) {
      underWay.add(key);
      if (underWay.size() > MAX_UNDER_WAY) {
        throw unsettled("more than " + MAX_UNDER_WAY);
      }
    } else {
      compare(key, left, right);
    }
  }

  private void compare(String key, @Nullable JsonNode left, @Nullable JsonNode right) {
    List<JsonNode> before = row(left);
    List<JsonNode> after = row(right);
    liveRows += before == null ? 0 : 1;
    builtRows += after == null ? 0 : 1;
    differing.compare(key, before, after);
  }

  /** What is compared of a row, or null for one that was removed or never was. */
  private @Nullable List<JsonNode> row(@Nullable JsonNode document) {
    if (document == null || ElasticsearchRows.isRemoved(document)) {
      return null;
    }
    JsonNode source = document.path("_source");
    var values = new ArrayList<JsonNode>();
    for (String column : columns) {
      JsonNode value = source.get(column);
      values.add(value == null ? NullNode.getInstance() : value);
    }
    return values;
  }

  private void settle(CatchUp catchUp) {
    for (int round = 0; !underWay.isEmpty() && round < MAX_ROUNDS; round++) {
      pause(round);
      SortedMap<TopicPartitionName, Position> now = positions.all(live);
      Map<String, JsonNode> lives =
          ElasticsearchRows.documents(http, StoreNames.index(live), underWay);
      catchUp.to(now);
      Map<String, JsonNode> builts =
          ElasticsearchRows.documents(http, StoreNames.index(built), underWay);
      for (String key : List.copyOf(underWay)) {
        JsonNode left = lives.get(key);
        if (left == null || !ElasticsearchRows.isAhead(left, now)) {
          underWay.remove(key);
          compare(key, left, builts.get(key));
        }
      }
    }
    if (!underWay.isEmpty()) {
      throw unsettled(underWay.size() + " after " + MAX_ROUNDS + " rounds");
    }
  }

  private static void pause(int round) {
    long millis = Math.min(LONGEST_PAUSE.toMillis(), SHORTEST_PAUSE_MILLIS * round);
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  private ViewStoreUnavailableException unsettled(String rows) {
    return new ViewStoreUnavailableException(
        "rows of %s hold events beyond its positions: %s. Its projector has to go on before they can be compared"
            .formatted(live, rows),
        new IllegalStateException());
  }
}
