package dev.foldstream.viewstore.elasticsearch;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PositionWatch;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.RebuildableStore;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import dev.foldstream.viewstore.rows.StoreNames;
import dev.foldstream.viewstore.watch.PollingWakeUps;
import dev.foldstream.viewstore.watch.SharedPositionWatch;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Views as indices of Elasticsearch, which needs no other store.
 *
 * <h2>What takes the place of a transaction</h2>
 *
 * <p>A commit looks at the positions, writes the rows, and moves the positions last. A crash in
 * between leaves rows that are ahead of the position, and the same events come again. Therefore
 * each row keeps, for each partition, the sequence of the last event folded into it: what it holds
 * already is passed over. A removed row stays as a document without columns, because its watermarks
 * are needed just as much.
 *
 * <p>What is set aside is written before the rows, by ids that make a repetition harmless. What
 * leaves the quarantine is noted in the document of the position, and taken out after it moved, by
 * the same owner or the next.
 *
 * <p>Every document is written on condition that nobody changed it since it was loaded. So two
 * owners of different partitions that feed one row never lose each other's events, and a zombie
 * that still gets to write before its position is refused writes what the owner would have written.
 */
public final class ElasticsearchViewStore implements ViewStore, RebuildableStore {

  /** How often positions are read while somebody waits for them. */
  private static final Duration POSITIONS_POLL_INTERVAL = Duration.ofMillis(25);

  private static final Duration DEFAULT_SEARCH_TIMEOUT = Duration.ofSeconds(20);

  private final ElasticsearchHttp http;
  private final ElasticsearchVersions versions;
  private final ElasticsearchIndices indices;
  private final ElasticsearchPositions positions;
  private final ElasticsearchQuarantine quarantine;
  private final ElasticsearchViewOperations operations;
  private final ElasticsearchViewReader reader;
  private final ElasticsearchSearchReader search;
  private final ElasticsearchRebuilds rebuilds;
  private final SharedPositionWatch watch;
  private final Map<ViewDefinition, ElasticsearchView> views = new ConcurrentHashMap<>();

  private ElasticsearchViewStore(URI address, Duration searchTimeout) {
    this.http = new ElasticsearchHttp(address);
    this.versions = new ElasticsearchVersions(http);
    this.indices = new ElasticsearchIndices(http, versions);
    this.quarantine = new ElasticsearchQuarantine(http);
    this.positions = new ElasticsearchPositions(http, quarantine, versions);
    this.operations = new ElasticsearchViewOperations(http, positions, quarantine);
    var refreshes = new RefreshGate(http);
    var searches = new ElasticsearchSearches(http, searchTimeout);
    this.reader =
        new ElasticsearchViewReader(
            searches, indices, positions, operations, refreshes, this::view);
    this.search = new ElasticsearchSearchReader(searches, refreshes, this::view);
    this.rebuilds =
        new ElasticsearchRebuilds(http, versions, indices, positions, operations, this::view);
    this.watch =
        new SharedPositionWatch(reader::positions, new PollingWakeUps(POSITIONS_POLL_INTERVAL));
  }

  /** Connects when it is first used. */
  public static ElasticsearchViewStore open(URI address) {
    return open(address, DEFAULT_SEARCH_TIMEOUT);
  }

  /** The same with searches that are given up after this time. */
  public static ElasticsearchViewStore open(URI address, Duration searchTimeout) {
    return new ElasticsearchViewStore(address, searchTimeout);
  }

  /** Reads the live versions; belongs to this store and is closed with it. */
  public ViewReader reader() {
    return reader;
  }

  /** Belongs to this store and is closed with it. */
  public SearchReader search() {
    return search;
  }

  /** Belongs to this store and is closed with it. */
  public PositionWatch watch() {
    return watch;
  }

  @Override
  public ViewRebuilds rebuilds() {
    return rebuilds;
  }

  @Override
  public boolean isLive(ViewVersion version) {
    return indices.live(version.view()).map(version::equals).orElse(false);
  }

  private ElasticsearchView view(ViewDefinition view) {
    return views.computeIfAbsent(view, v -> ElasticsearchView.of(v, http));
  }

  @Override
  public ViewVersion prepare(ViewDefinition view) {
    return indices.prepare(view);
  }

  @Override
  public Map<TopicPartitionName, OwnedPosition> positions(ViewVersion version) {
    var all = new TreeMap<TopicPartitionName, OwnedPosition>();
    Set<TopicPartitionName> partitions = version.view().start().keySet();
    partitions.forEach(partition -> all.put(partition, OwnedPosition.UNCLAIMED));
    positions
        .read(version, partitions)
        .forEach((partition, stored) -> all.put(partition, stored.owned()));
    return all;
  }

  @Override
  public Map<TopicPartitionName, OwnedPosition> claim(
      ViewVersion version, Set<TopicPartitionName> partitions, String owner) {
    return positions.claim(version, partitions, owner);
  }

  @Override
  public Map<String, StoredRow> load(ViewVersion version, Collection<String> keys) {
    return keys.isEmpty()
        ? Map.of()
        : view(version.view()).rows().load(StoreNames.index(version), keys);
  }

  @Override
  public Map<String, StoredRow> commit(ViewBatch batch) {
    var expected = positions.expected(batch);
    quarantine.write(batch.version(), Settling.first(batch.quarantine()));
    Map<String, StoredRow> stored =
        view(batch.version().view()).rows().write(batch.version(), batch.changes());
    positions.move(batch, expected);
    return stored;
  }

  @Override
  public void forget(ViewDefinition view) {
    views.remove(view);
    versions.numbers(view).forEach(number -> versions.drop(new ViewVersion(view, number)));
  }

  @Override
  public ViewOperations operations() {
    return operations;
  }

  @Override
  public void close() {
    watch.close();
    http.close();
  }
}
