package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QueryTooCostlyException;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewPage;
import dev.foldstream.viewstore.ViewPause;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Count;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rows.Boundaries;
import dev.foldstream.viewstore.rows.RowFields;
import dev.foldstream.viewstore.rows.StoreNames;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads the live version by the name that stays. A view that no projector has prepared yet is empty
 * and at the start.
 */
final class PostgresViewReader implements ViewReader {

  /** Longer than any two reads of positions can overtake each other. */
  private static final Duration ASKED_FOR = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final PlainReads reads;
  private final PostgresViewOperations operations;
  private final Duration statementTimeout;
  private final Map<ViewDefinition, ReadTable> tables = new ConcurrentHashMap<>();

  /** When positions said last that anything waits in the quarantine. */
  private final Map<ViewDefinition, Long> waitedAtNanos = new ConcurrentHashMap<>();

  PostgresViewReader(
      Jdbi jdbi, PlainReads reads, PostgresViewOperations operations, Duration statementTimeout) {
    this.jdbi = jdbi;
    this.reads = reads;
    this.statementTimeout = statementTimeout;
    this.operations = operations;
  }

  /**
   * What is read of a view: columns and their types are the same for every version this code can
   * read.
   */
  private record ReadTable(PostgresTable table, String relation, String byKey) {
    static ReadTable of(ViewDefinition view) {
      var table = new PostgresTable(new ViewVersion(view, 1));
      String relation = StoreNames.table(view);
      return new ReadTable(
          table,
          relation,
          "select %s from \"%s\" where %s = ?"
              .formatted(table.selected(), relation, PostgresTable.KEY));
    }
  }

  private ReadTable read(ViewDefinition view) {
    ReadTable known = tables.get(view);
    return known == null ? tables.computeIfAbsent(view, ReadTable::of) : known;
  }

  private PostgresTable table(ViewDefinition view) {
    return read(view).table();
  }

  @Override
  public Optional<ViewRow> row(ViewDefinition view, String key) {
    ReadTable read = read(view);
    return answer(
            () -> "read row '%s' of %s".formatted(key, view.path()),
            List.<ViewRow>of(),
            () ->
                reads.list(
                    read.byKey(),
                    select -> select.setString(1, key),
                    rows -> PostgresRows.read(read.table(), rows)))
        .stream()
        .findFirst();
  }

  @Override
  public Map<String, ViewRow> rows(ViewDefinition view, Collection<String> keys) {
    PostgresTable table = table(view);
    String sql =
        "select %s from \"%s\" where %s = any(?)"
            .formatted(table.selected(), StoreNames.table(view), PostgresTable.KEY);
    var rows = new HashMap<String, ViewRow>();
    answer(
            () -> "read %d rows of %s".formatted(keys.size(), view.path()),
            List.<ViewRow>of(),
            () ->
                jdbi.withHandle(
                    handle ->
                        handle
                            .select(sql)
                            .bind(0, PostgresRows.array("text", keys.toArray()))
                            .map((found, context) -> PostgresRows.read(table, found))
                            .list()))
        .forEach(row -> rows.put(row.key(), row));
    return rows;
  }

  @Override
  public ViewPage page(ViewDefinition view, ViewQuery query) {
    ReadTable read = read(view);
    var statement = new PageStatement(read.table(), read.relation(), query);
    return answer(
        () -> "read a page of " + view.path(),
        new ViewPage(List.of(), null, query.count() == Count.NONE ? null : 0L),
        () -> bounded(view, () -> page(read, query, statement)));
  }

  private ViewPage bounded(ViewDefinition view, Supplier<ViewPage> work) {
    try {
      return work.get();
    } catch (org.jdbi.v3.core.JdbiException failure) {
      if (PostgresFailures.cancelled(failure)) {
        throw new QueryTooCostlyException(
            "wanted to read a page of %s within %s".formatted(view.path(), statementTimeout),
            statementTimeout,
            failure);
      }
      throw failure;
    }
  }

  private ViewPage page(ReadTable read, ViewQuery query, PageStatement statement) {
    RowFields fields = RowFields.of(read.table().shape().type());
    List<ViewRow> rows =
        reads.list(
            statement.sql(), statement::bind, found -> PostgresRows.read(read.table(), found));
    ViewPage page = Boundaries.page(fields, query, rows);
    if (query.count() == Count.NONE) {
      return page;
    }
    var count = new CountStatement(read.relation(), fields, query.where());
    return page.counted(jdbi.withHandle(handle -> count.count(handle, query.count())));
  }

  @Override
  public Map<TopicPartitionName, Position> positions(ViewDefinition view) {
    return answer(
        () -> "read the positions of " + view.path(),
        view.start(),
        () -> {
          var positions = new TreeMap<TopicPartitionName, Position>();
          var found = jdbi.withHandle(handle -> PostgresPositions.live(handle, view));
          found.all().forEach((partition, owned) -> positions.put(partition, owned.position()));
          // Before the positions are given away: who trusts them may trust this, too.
          if (found.quarantined()) {
            waitedAtNanos.put(view, System.nanoTime());
          }
          return positions;
        });
  }

  /** Asks only when the positions say that anything waits. */
  @Override
  public List<QuarantineEntry> setAside(ViewDefinition view, Token token, @Nullable String key) {
    Long waitedAt = waitedAtNanos.get(view);
    if (waitedAt == null || System.nanoTime() - waitedAt > ASKED_FOR.toNanos()) {
      return List.of();
    }
    return answer(
        () -> "read the quarantine of " + view.path(),
        List.of(),
        () -> jdbi.withHandle(handle -> PostgresQuarantine.upTo(handle, view, token, key)));
  }

  @Override
  public Optional<ViewPause> paused(ViewDefinition view) {
    return operations.paused(view);
  }

  @Override
  public List<ViewColumn> columns(ViewDefinition view) {
    return table(view).shape().columns();
  }

  private static <T> T answer(
      Supplier<String> wanted, T whenNotPrepared, Supplier<? extends T> work) {
    try {
      return work.get();
    } catch (org.jdbi.v3.core.JdbiException failure) {
      if (PostgresFailures.undefinedTable(failure)) {
        return whenNotPrepared;
      }
      throw PostgresFailures.translate(wanted.get(), failure);
    }
  }
}
