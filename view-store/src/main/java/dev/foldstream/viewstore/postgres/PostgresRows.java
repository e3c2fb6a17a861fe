package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.rows.RowShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Rows of a table in and out. */
final class PostgresRows {

  private PostgresRows() {}

  /** Reads what {@link PostgresTable#selected()} names. */
  static ViewRow read(PostgresTable table, ResultSet rows) throws SQLException {
    RowShape shape = table.shape();
    @Nullable Object[] values = new @Nullable Object[shape.columns().size()];
    for (int column = 0; column < values.length; column++) {
      values[column] = PostgresTypes.in(rows, column + 3, shape, column);
    }
    return new ViewRow(rows.getString(1), rows.getLong(2), table.json().create(values));
  }

  /** One statement for all; a row that is not as it was loaded rolls everything back. */
  static void merge(Handle handle, PostgresTable table, List<RowChange> all) {
    List<RowChange> changes =
        all.stream().filter(c -> c.row() != null || c.expectedRevision() > 0).toList();
    if (changes.isEmpty()) {
      return;
    }
    try (Update update = handle.createUpdate(table.merge())) {
      bind(update, 0, "text", changes.stream().map(RowChange::key).toArray());
      bind(update, 1, "bigint", changes.stream().map(RowChange::expectedRevision).toArray());
      bind(update, 2, "bigint", changes.stream().map(RowChange::revision).toArray());
      bind(update, 3, "boolean", changes.stream().map(c -> c.row() == null).toArray());
      RowShape shape = table.shape();
      for (int column = 0; column < shape.columns().size(); column++) {
        ViewColumnType type = shape.columns().get(column).type();
        bind(update, column + 4, PostgresTypes.element(type), values(table, changes, column));
      }
      int written = update.execute();
      if (written != changes.size()) {
        throw new RowConflictException(
            "wanted to change %d rows of %s as they were loaded; found %d of them changed meanwhile"
                .formatted(changes.size(), table.name(), changes.size() - written));
      }
    }
  }

  private static @Nullable Object[] values(
      PostgresTable table, List<RowChange> changes, int column) {
    @Nullable Object[] values = new @Nullable Object[changes.size()];
    boolean nested = table.shape().columns().get(column).type() == ViewColumnType.JSON;
    for (int i = 0; i < values.length; i++) {
      Record row = changes.get(i).row();
      Object value = row == null ? null : table.shape().value(row, column);
      values[i] = nested && value != null ? table.json().text(value) : PostgresTypes.out(value);
    }
    return values;
  }

  static void bind(Update update, int index, String element, @Nullable Object[] values) {
    update.bind(index, array(element, values));
  }

  static Argument array(String element, @Nullable Object[] values) {
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf(element, values));
  }
}
