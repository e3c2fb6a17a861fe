package dev.foldstream.viewstore.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PositionWatch;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.changes.ChangeFeed;
import dev.foldstream.viewstore.changes.ChangeReader;
import dev.foldstream.viewstore.changes.SharedChangeFeed;
import dev.foldstream.viewstore.journal.JournalReader;
import dev.foldstream.viewstore.rebuild.RebuildableStore;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import dev.foldstream.viewstore.watch.SharedPositionWatch;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Views as tables of PostgreSQL. Rows and positions are written in one transaction, so a crash at
 * any moment leaves both or neither, and rows need no watermarks.
 *
 * <p>A row that is removed is forgotten: when its key comes again its revision starts from 1.
 */
public final class PostgresViewStore implements ViewStore, RebuildableStore {

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Jdbi patient;
  private final PostgresViewOperations operations;
  private final PostgresViewReader reader;
  private final PostgresRebuilds rebuilds;
  private final SharedPositionWatch watch;
  private final SharedChangeFeed feed;
  private final PostgresChanges changes = new PostgresChanges();
  private final Map<ViewVersion, PostgresTable> tables = new ConcurrentHashMap<>();

  private PostgresViewStore(PostgresSettings settings) {
    this.pool = PostgresConnections.pool(settings);
    this.jdbi = Jdbi.create(pool);
    this.patient = Jdbi.create(() -> PostgresConnections.patient(settings));
    this.operations = new PostgresViewOperations(jdbi);
    this.reader =
        new PostgresViewReader(jdbi, new PlainReads(pool), operations, settings.statementTimeout());
    this.rebuilds = new PostgresRebuilds(jdbi, patient);
    this.feed = new SharedChangeFeed(new PostgresChangeReader(jdbi), new PostgresWakeUps(settings));
    this.watch = new SharedPositionWatch(reader::positions, new PostgresWakeUps(settings));
  }

  /** Connects when it is first used. */
  public static PostgresViewStore open(PostgresSettings settings) {
    return new PostgresViewStore(settings);
  }

  /** Reads the live versions; belongs to this store and is closed with it. */
  public ViewReader reader() {
    return reader;
  }

  /** Belongs to this store and is closed with it. */
  public PositionWatch watch() {
    return watch;
  }

  /** Belongs to this store and is closed with it. */
  public ChangeFeed changes() {
    return feed;
  }

  /** Belongs to this store and is closed with it. */
  public ChangeReader changeReader() {
    return new PostgresChangeReader(jdbi);
  }

  /** Where the journal is kept; belongs to this store and is closed with it. */
  public ViewStore journal() {
    return new PostgresJournal(jdbi, patient, this);
  }

  /** Belongs to this store and is closed with it. */
  public JournalReader journalReader() {
    return new PostgresJournalReader(jdbi);
  }

  @Override
  public ViewRebuilds rebuilds() {
    return rebuilds;
  }

  @Override
  public boolean isLive(ViewVersion version) {
    return PostgresFailures.translated(
        "read the live version of " + version.view().path(),
        () ->
            jdbi.withHandle(handle -> PostgresRegistry.liveVersion(handle, version.view()))
                .map(live -> live == version.number())
                .orElse(false));
  }

  @Override
  public ViewVersion prepare(ViewDefinition view) {
    return PostgresFailures.translated(
        "prepare view " + view.path(),
        () -> patient.inTransaction(handle -> PostgresRegistry.prepare(handle, view)));
  }

  @Override
  public Map<TopicPartitionName, OwnedPosition> positions(ViewVersion version) {
    try {
      return jdbi.withHandle(handle -> PostgresPositions.of(handle, version));
    } catch (JdbiException failure) {
      if (PostgresFailures.undefinedTable(failure)) {
        return PostgresPositions.unclaimed(version.view());
      }
      throw PostgresFailures.translate("read the positions of " + version, failure);
    }
  }

  @Override
  public Map<TopicPartitionName, OwnedPosition> claim(
      ViewVersion version, Set<TopicPartitionName> partitions, String owner) {
    return PostgresFailures.translated(
        "claim partitions of " + version,
        () ->
            jdbi.inTransaction(
                handle -> PostgresPositions.claim(handle, version, partitions, owner)));
  }

  @Override
  public Map<String, StoredRow> load(ViewVersion version, Collection<String> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    PostgresTable table = table(version);
    return PostgresFailures.translated(
        "load rows of " + version, () -> jdbi.withHandle(handle -> load(handle, table, keys)));
  }

  private static Map<String, StoredRow> load(
      org.jdbi.v3.core.Handle handle, PostgresTable table, Collection<String> keys) {
    var loaded = new HashMap<String, StoredRow>();
    handle
        .select(table.load())
        .bind(0, PostgresRows.array("text", keys.toArray(String[]::new)))
        .map((rows, context) -> PostgresRows.read(table, rows))
        .forEach(row -> loaded.put(row.key(), stored(row)));
    return loaded;
  }

  private static StoredRow stored(ViewRow row) {
    return new StoredRow(row.revision(), row.row(), Map.of(), "");
  }

  @Override
  public Map<String, StoredRow> commit(ViewBatch batch) {
    PostgresTable table = table(batch.version());
    return PostgresFailures.translated(
        "commit %d rows of %s".formatted(batch.changes().size(), batch.version()),
        () ->
            jdbi.inTransaction(
                handle -> {
                  PostgresPositions.move(handle, batch);
                  PostgresQuarantine.apply(handle, batch.version(), batch.quarantine());
                  PostgresRows.merge(handle, table, batch.changes());
                  changes.write(handle, batch);
                  return stored(batch.changes());
                }));
  }

  /** A row that was removed is forgotten. */
  private static Map<String, StoredRow> stored(List<RowChange> changes) {
    var stored = HashMap.<String, StoredRow>newHashMap(changes.size());
    for (RowChange change : changes) {
      stored.put(change.key(), change.row() == null ? StoredRow.NONE : StoredRow.of(change));
    }
    return stored;
  }

  @Override
  public void forget(ViewDefinition view) {
    tables.keySet().removeIf(version -> version.view().path().equals(view.path()));
    var _ =
        PostgresFailures.translated(
            "forget view " + view.path(),
            () ->
                patient.inTransaction(
                    handle -> {
                      PostgresRegistry.prepareAny(handle);
                      return PostgresVersions.forget(handle, view);
                    }));
  }

  @Override
  public ViewOperations operations() {
    return operations;
  }

  private PostgresTable table(ViewVersion version) {
    return tables.computeIfAbsent(version, PostgresTable::new);
  }

  @Override
  public void close() {
    watch.close();
    feed.close();
    pool.close();
  }
}
