package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.Hold;
import dev.foldstream.viewstore.QuarantineChange;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineRequest;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code foldstream_quarantine}. This is the stored form. */
final class PostgresQuarantine {

  static final List<String> TABLES =
      List.of(
          """
          create table if not exists foldstream_quarantine (
            domain text not null, view text not null, version integer not null, id text not null,
            topic text not null, partition integer not null,
            sequence bigint not null, log_offset bigint not null, aggregate_id text not null,
            scope text not null, hold_key text not null, kind text not null,
            cause text not null, detail text not null, attempts integer not null,
            since timestamptz not null,
            request text, requested_by text, reason text, requested_at timestamptz,
            primary key (domain, view, version, id))
          """,
          """
          create index if not exists foldstream_quarantine_order on foldstream_quarantine
            (domain, view, version, topic, partition, sequence, id)
          """);

  static final String OF_VERSION =
      "select * from foldstream_quarantine where domain = ? and view = ? and version = ?";

  private static final String WRITE =
      """
      insert into foldstream_quarantine
        (domain, view, version, id, topic, partition, sequence, log_offset, aggregate_id, scope,
         hold_key, kind, cause, detail, attempts, since, request, requested_by, reason, requested_at)
      select ?, ?, ?, u.* from unnest(?::text[], ?::text[], ?::integer[], ?::bigint[], ?::bigint[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[],
        ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::timestamptz[]) as u
      on conflict (domain, view, version, id) do update set
        kind = excluded.kind, cause = excluded.cause, detail = excluded.detail,
        attempts = excluded.attempts, request = excluded.request,
        requested_by = excluded.requested_by, reason = excluded.reason,
        requested_at = excluded.requested_at
      """;

  private static final String UP_TO =
      """
      select q.* from foldstream_quarantine q
        join foldstream_views v
          on v.domain = q.domain and v.view = q.view and v.live_version = q.version
        join unnest(?::text[], ?::bigint[], ?::bigint[]) as u(topic, partition, sequence)
          on u.topic = q.topic and u.partition = q.partition and q.sequence <= u.sequence
       where q.domain = ? and q.view = ? and q.kind <> 'DISCARDED'
         and (q.sequence = u.sequence or q.hold_key = ?::text)
       order by q.sequence limit 10
      """;

  private static final String REMOVE =
      "delete from foldstream_quarantine where domain = ? and view = ? and version = ? and id = any(?)";

  private PostgresQuarantine() {}

  static void apply(Handle handle, ViewVersion version, QuarantineChange change) {
    if (!change.written().isEmpty()) {
      write(handle, version, change.written());
    }
    if (!change.removed().isEmpty()) {
      try (Update update = handle.createUpdate(REMOVE)) {
        of(version, update);
        PostgresRows.bind(update, 3, "text", change.removed().toArray());
        update.execute();
      }
    }
  }

  private static void of(ViewVersion version, Update update) {
    update.bind(0, version.view().domain());
    update.bind(1, version.view().name());
    update.bind(2, version.number());
  }

  static Query select(Handle handle, String sql, ViewVersion version) {
    return handle
        .select(sql)
        .bind(0, version.view().domain())
        .bind(1, version.view().name())
        .bind(2, version.number());
  }

  /** Some of what waits in the live version, up to the token. */
  static List<QuarantineEntry> upTo(
      Handle handle, ViewDefinition view, Token token, @Nullable String key) {
    List<TopicPartitionName> partitions = List.copyOf(token.sequences().keySet());
    return handle
        .select(UP_TO)
        .bind(0, PostgresRows.array("text", partitions.stream().map(p -> p.topic()).toArray()))
        .bind(
            1,
            PostgresRows.array(
                "bigint", partitions.stream().map(p -> (long) p.partition()).toArray()))
        .bind(
            2,
            PostgresRows.array(
                "bigint", partitions.stream().map(p -> token.sequences().get(p)).toArray()))
        .bind(3, view.domain())
        .bind(4, view.name())
        .bind(5, key)
        .map((rows, context) -> read(rows))
        .list();
  }

  private static void write(Handle handle, ViewVersion version, List<QuarantineEntry> entries) {
    try (Update update = handle.createUpdate(WRITE)) {
      of(version, update);
      texts(update, 3, entries, QuarantineEntry::id);
      texts(update, 4, entries, entry -> entry.partition().topic());
      bind(update, 5, "integer", entries, entry -> entry.partition().partition());
      bind(update, 6, "bigint", entries, QuarantineEntry::sequence);
      bind(update, 7, "bigint", entries, QuarantineEntry::offset);
      texts(update, 8, entries, QuarantineEntry::aggregateId);
      texts(update, 9, entries, entry -> entry.hold().scope().name());
      texts(update, 10, entries, entry -> entry.hold().key());
      texts(update, 11, entries, entry -> entry.kind().name());
      texts(update, 12, entries, QuarantineEntry::cause);
      texts(update, 13, entries, QuarantineEntry::detail);
      bind(update, 14, "integer", entries, QuarantineEntry::attempts);
      bind(update, 15, "timestamptz", entries, entry -> at(entry.since()));
      requests(update, entries);
      update.execute();
    }
  }

  private static void requests(Update update, List<QuarantineEntry> entries) {
    texts(update, 16, entries, entry -> asked(entry, request -> request.action().name()));
    texts(update, 17, entries, entry -> asked(entry, QuarantineRequest::principal));
    texts(update, 18, entries, entry -> asked(entry, QuarantineRequest::reason));
    bind(
        update,
        19,
        "timestamptz",
        entries,
        entry -> entry.request() == null ? null : at(entry.request().at()));
  }

  private static @Nullable String asked(
      QuarantineEntry entry, Function<QuarantineRequest, String> part) {
    return entry.request() == null ? null : part.apply(entry.request());
  }

  static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static void texts(
      Update update,
      int index,
      List<QuarantineEntry> entries,
      Function<QuarantineEntry, @Nullable String> text) {
    bind(update, index, "text", entries, entry -> text(text.apply(entry)));
  }

  private static void bind(
      Update update,
      int index,
      String element,
      List<QuarantineEntry> entries,
      Function<QuarantineEntry, @Nullable Object> value) {
    @Nullable Object[] values = new @Nullable Object[entries.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(entries.get(i));
    }
    PostgresRows.bind(update, index, element, values);
  }

  /** The one character that PostgreSQL cannot hold is escaped, and so is what escapes it. */
  static @Nullable String text(@Nullable String any) {
    return any == null ? null : any.replace("\\", "\\\\").replace("\u0000", "\\0");
  }

  private static String plain(String stored) {
    var plain = new StringBuilder(stored.length());
    for (int i = 0; i < stored.length(); i++) {
      char c = stored.charAt(i);
      if (c == '\\' && i + 1 < stored.length()) {
        i++;
        plain.append(stored.charAt(i) == '0' ? '\u0000' : stored.charAt(i));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  static QuarantineEntry read(ResultSet rows) throws SQLException {
    return new QuarantineEntry(
        new TopicPartitionName(rows.getString("topic"), rows.getInt("partition")),
        rows.getLong("sequence"),
        rows.getLong("log_offset"),
        plain(rows.getString("aggregate_id")),
        new Hold(Hold.Scope.valueOf(rows.getString("scope")), plain(rows.getString("hold_key"))),
        QuarantineEntry.Kind.valueOf(rows.getString("kind")),
        plain(rows.getString("cause")),
        plain(rows.getString("detail")),
        rows.getInt("attempts"),
        rows.getObject("since", OffsetDateTime.class).toInstant(),
        request(rows));
  }

  private static @Nullable QuarantineRequest request(ResultSet rows) throws SQLException {
    String action = rows.getString("request");
    return action == null
        ? null
        : new QuarantineRequest(
            QuarantineRequest.Action.valueOf(action),
            plain(rows.getString("requested_by")),
            plain(rows.getString("reason")),
            rows.getObject("requested_at", OffsetDateTime.class).toInstant());
  }
}
