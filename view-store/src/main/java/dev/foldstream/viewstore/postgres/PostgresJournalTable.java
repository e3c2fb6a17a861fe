package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.journal.JournalEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code foldstream_journal}. This is the stored form. */
final class PostgresJournalTable {

  static final String COLUMNS =
      "topic, id, version, partition, sequence, log_offset, event_id, type, occurred_at,"
          + " recorded_at, command_id, correlation_id, causation_id, command_cause_id, principal,"
          + " value";

  private static final int COLUMN_COUNT = 16;

  /** Texts compare by bytes: faster, and the same on every machine. */
  static final List<String> CREATE =
      List.of(
          """
          create table if not exists foldstream_journal (
            topic text collate "C" not null, id text collate "C" not null, version bigint not null,
            partition integer not null, sequence bigint not null, log_offset bigint not null,
            event_id text not null, type text not null,
            occurred_at timestamptz not null, recorded_at timestamptz not null,
            command_id text collate "C" not null, correlation_id text collate "C" not null,
            causation_id text, command_cause_id text, principal text not null, value bytea not null,
            primary key (topic, id, version))
          """,
          "create index if not exists foldstream_journal_place on foldstream_journal (topic,"
              + " partition, sequence)",
          "create index if not exists foldstream_journal_correlation on foldstream_journal"
              + " (correlation_id)",
          "create index if not exists foldstream_journal_command on foldstream_journal"
              + " (command_id)");

  private static final String COPY =
      "copy foldstream_journal (" + COLUMNS + ") from stdin (format binary)";

  private PostgresJournalTable() {}

  static void append(Handle handle, List<JournalEntry> entries) {
    if (!entries.isEmpty()) {
      PostgresLoad.copy(handle, COPY, entries, PostgresJournalTable::write);
    }
  }

  private static void write(CopyBinary out, JournalEntry entry) {
    try {
      columns(out, entry);
    } catch (ArithmeticException tooLarge) {
      throw new RowRefusedException(
          "PostgreSQL cannot hold the times of version %d of %s/%s: %s and %s"
              .formatted(
                  entry.version(),
                  entry.topic(),
                  entry.id(),
                  entry.occurredAt(),
                  entry.recordedAt()),
          tooLarge);
    }
  }

  private static void columns(CopyBinary out, JournalEntry entry) {
    out.fields(COLUMN_COUNT);
    out.text(entry.topic());
    out.text(entry.id());
    out.bigint(entry.version());
    out.integer(entry.partition());
    out.bigint(entry.sequence());
    out.bigint(entry.offset());
    out.text(entry.eventId());
    out.text(entry.type());
    out.timestamp(entry.occurredAt());
    out.timestamp(entry.recordedAt());
    out.text(entry.commandId());
    out.text(entry.correlationId());
    out.textOrNull(entry.causationId());
    out.textOrNull(entry.commandCauseId());
    out.text(entry.principal());
    out.bytes(entry.value());
  }

  /** Reads what {@link #COLUMNS} names. */
  static JournalEntry read(ResultSet rows) throws SQLException {
    return new JournalEntry(
        rows.getString(1),
        rows.getString(2),
        rows.getLong(3),
        rows.getInt(4),
        rows.getLong(5),
        rows.getLong(6),
        rows.getString(7),
        rows.getString(8),
        instant(rows, 9),
        instant(rows, 10),
        rows.getString(11),
        rows.getString(12),
        rows.getString(13),
        rows.getString(14),
        rows.getString(15),
        rows.getBytes(16));
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }
}
