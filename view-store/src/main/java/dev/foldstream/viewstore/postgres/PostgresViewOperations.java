package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.LedgerCounts;
import dev.foldstream.viewstore.PartitionLedger;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineRequest;
import dev.foldstream.viewstore.ViewControl;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewPause;
import dev.foldstream.viewstore.ViewVersion;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Counts beside the positions, entries and pauses in tables of their own. */
final class PostgresViewOperations implements ViewOperations {

  static final String PAUSES =
      """
      create table if not exists foldstream_pauses (
        domain text not null, view text not null, principal text not null,
        since timestamptz not null, primary key (domain, view))
      """;

  private static final String LEDGER =
      """
      select topic, partition, sequence, applied, filtered, quarantined, discarded
        from foldstream_positions where domain = ? and view = ? and version = ?
      """;

  private static final String IN_ORDER = " order by topic, partition, sequence, id limit ?";

  private static final String OPEN = " and kind <> 'DISCARDED'";

  private static final String ASK =
      """
      update foldstream_quarantine
         set request = ?, requested_by = ?, reason = ?, requested_at = ?
       where domain = ? and view = ? and version = ? and id = ? and kind <> 'DISCARDED'
      """;

  private final Jdbi jdbi;

  PostgresViewOperations(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Map<TopicPartitionName, PartitionLedger> ledger(ViewVersion version) {
    var all = new TreeMap<TopicPartitionName, PartitionLedger>();
    version.view().start().keySet().forEach(p -> all.put(p, PartitionLedger.START));
    List<Map.Entry<TopicPartitionName, PartitionLedger>> found =
        read(
            "read the ledger of " + version,
            List.of(),
            handle ->
                PostgresQuarantine.select(handle, LEDGER, version)
                    .map((rows, context) -> counts(rows))
                    .list());
    found.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  private static Map.Entry<TopicPartitionName, PartitionLedger> counts(java.sql.ResultSet rows)
      throws java.sql.SQLException {
    return Map.entry(
        new TopicPartitionName(rows.getString("topic"), rows.getInt("partition")),
        new PartitionLedger(
            rows.getLong("sequence"),
            new LedgerCounts(
                rows.getLong("applied"),
                rows.getLong("filtered"),
                rows.getLong("quarantined"),
                rows.getLong("discarded"))));
  }

  @Override
  public List<QuarantineEntry> open(ViewVersion version, TopicPartitionName partition) {
    return read(
        "read the quarantine of " + version,
        List.of(),
        handle ->
            entries(
                PostgresQuarantine.select(
                        handle,
                        PostgresQuarantine.OF_VERSION
                            + OPEN
                            + " and topic = ? and partition = ? order by sequence, id",
                        version)
                    .bind(3, partition.topic())
                    .bind(4, partition.partition())));
  }

  private static List<QuarantineEntry> entries(Query query) {
    return query.map((rows, context) -> PostgresQuarantine.read(rows)).list();
  }

  @Override
  public List<QuarantineEntry> page(
      ViewVersion version, int limit, QuarantineEntry.@Nullable Boundary after) {
    String behind = after == null ? "" : " and (topic, partition, sequence, id) > (?, ?, ?, ?)";
    return read(
        "read the quarantine of " + version,
        List.of(),
        handle -> {
          Query query =
              PostgresQuarantine.select(
                  handle, PostgresQuarantine.OF_VERSION + behind + IN_ORDER, version);
          int next = 3;
          if (after != null) {
            query.bind(next++, after.topic()).bind(next++, after.partition());
            query.bind(next++, after.sequence()).bind(next++, after.id());
          }
          return entries(query.bind(next, limit));
        });
  }

  @Override
  public Optional<QuarantineEntry> entry(ViewVersion version, String id) {
    String one = PostgresQuarantine.OF_VERSION + " and id = ?";
    return read(
        "read the quarantine of " + version,
        Optional.empty(),
        handle ->
            PostgresQuarantine.select(handle, one, version)
                .bind(3, id)
                .map((rows, context) -> PostgresQuarantine.read(rows))
                .findOne());
  }

  @Override
  public boolean request(ViewVersion version, String id, QuarantineRequest request) {
    return read(
        "ask for an entry of the quarantine of " + version,
        false,
        handle ->
            handle.execute(
                    ASK,
                    request.action().name(),
                    PostgresQuarantine.text(request.principal()),
                    PostgresQuarantine.text(request.reason()),
                    PostgresQuarantine.at(request.at()),
                    version.view().domain(),
                    version.view().name(),
                    version.number(),
                    id)
                == 1);
  }

  @Override
  public void pause(ViewDefinition view, ViewPause pause) {
    PostgresFailures.translated(
        "pause " + view.path(),
        () ->
            jdbi.withHandle(
                handle ->
                    handle.execute(
                        "insert into foldstream_pauses values (?, ?, ?, ?) on conflict do nothing",
                        view.domain(),
                        view.name(),
                        pause.principal(),
                        PostgresQuarantine.at(pause.since()))));
  }

  @Override
  public void resume(ViewDefinition view) {
    read(
        "resume " + view.path(),
        0,
        handle ->
            handle.execute(
                "delete from foldstream_pauses where domain = ? and view = ?",
                view.domain(),
                view.name()));
  }

  @Override
  public Optional<ViewPause> paused(ViewDefinition view) {
    return read("read the pause of " + view.path(), Optional.empty(), h -> paused(h, view));
  }

  private static Optional<ViewPause> paused(Handle handle, ViewDefinition view) {
    return handle
        .select("select principal, since from foldstream_pauses where domain = ? and view = ?")
        .bind(0, view.domain())
        .bind(1, view.name())
        .map(
            (rows, context) ->
                new ViewPause(
                    rows.getString("principal"),
                    rows.getObject("since", OffsetDateTime.class).toInstant()))
        .findOne();
  }

  @Override
  public ViewControl control(ViewVersion version) {
    String asked = PostgresQuarantine.OF_VERSION + OPEN + " and request is not null" + IN_ORDER;
    return read(
        "read what is asked of " + version,
        new ViewControl(null, List.of()),
        handle ->
            new ViewControl(
                paused(handle, version.view()).orElse(null),
                entries(
                    PostgresQuarantine.select(handle, asked, version)
                        .bind(3, ViewControl.MAX_REQUESTS))));
  }

  /** A store that was never prepared holds nothing. */
  private <T> T read(String wanted, T whenNotPrepared, Function<Handle, T> work) {
    try {
      return jdbi.withHandle(work::apply);
    } catch (JdbiException failure) {
      if (PostgresFailures.undefinedTable(failure)) {
        return whenNotPrepared;
      }
      throw PostgresFailures.translate(wanted, failure);
    }
  }
}
