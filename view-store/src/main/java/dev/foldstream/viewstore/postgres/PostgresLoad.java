package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.ViewColumn;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes many rows at once: new keys by {@code COPY BINARY}, known ones by {@code merge}. */
final class PostgresLoad {

  /** Rows of one merge. */
  private static final int MERGED_AT_ONCE = 5_000;

  /** Bytes that are gathered before they are sent. */
  private static final int SENT_AT_ONCE = 256 * 1024;

  private PostgresLoad() {}

  static void write(Handle handle, PostgresTable table, List<RowChange> changes) {
    List<RowChange> fresh =
        changes.stream().filter(c -> c.expectedRevision() == 0 && c.row() != null).toList();
    List<RowChange> known = changes.stream().filter(c -> c.expectedRevision() > 0).toList();
    copy(handle, table, fresh);
    for (int from = 0; from < known.size(); from += MERGED_AT_ONCE) {
      PostgresRows.merge(
          handle, table, known.subList(from, Math.min(known.size(), from + MERGED_AT_ONCE)));
    }
  }

  private static String statement(PostgresTable table) {
    String columns =
        table.shape().columns().stream()
            .map(column -> ", " + PostgresTable.quoted(column))
            .collect(Collectors.joining());
    return "copy \"%s\" (%s, %s%s) from stdin (format binary)"
        .formatted(table.name(), PostgresTable.KEY, PostgresTable.REVISION, columns);
  }

  private static void copy(Handle handle, PostgresTable table, List<RowChange> fresh) {
    if (!fresh.isEmpty()) {
      copy(handle, statement(table), fresh, (out, change) -> row(out, table, change));
    }
  }

  /** One thing as a row of the copy. */
  @FunctionalInterface
  interface CopiedRow<T> {
    void write(CopyBinary out, T one);
  }

  static <T> void copy(Handle handle, String statement, List<T> all, CopiedRow<T> row) {
    try {
      CopyIn copy =
          handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
      try {
        send(copy, all, row);
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException failure) {
      throw new UnableToExecuteStatementException(failure, null);
    }
  }

  private static <T> void send(CopyIn copy, List<T> all, CopiedRow<T> row) throws SQLException {
    var out = new CopyBinary();
    out.header();
    for (T one : all) {
      row.write(out, one);
      if (out.size() >= SENT_AT_ONCE) {
        copy.writeToCopy(out.bytes(), 0, out.size());
        out.reset();
      }
    }
    out.end();
    copy.writeToCopy(out.bytes(), 0, out.size());
  }

  private static void row(CopyBinary out, PostgresTable table, RowChange change) {
    Record row = java.util.Objects.requireNonNull(change.row());
    List<ViewColumn> columns = table.shape().columns();
    out.fields(columns.size() + 2);
    out.text(change.key());
    out.bigint(change.revision());
    for (int column = 0; column < columns.size(); column++) {
      Object value = table.shape().value(row, column);
      try {
        out.value(columns.get(column), value, table.json());
      } catch (ArithmeticException tooLarge) {
        throw new RowRefusedException(
            "PostgreSQL cannot hold %s of row '%s': %s"
                .formatted(columns.get(column).name(), change.key(), value),
            tooLarge);
      }
    }
  }
}
