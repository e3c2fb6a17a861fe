package dev.foldstream.viewstore.postgres;

import static dev.foldstream.viewstore.ViewColumnType.BIGINT;
import static dev.foldstream.viewstore.ViewColumnType.BOOLEAN;
import static dev.foldstream.viewstore.ViewColumnType.TEXT;

import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.ViewColumn;
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
      bind(update, 0, BinaryArray.of(TEXT, changes, RowChange::key, table.json()));
      bind(update, 1, BinaryArray.of(BIGINT, changes, RowChange::expectedRevision, table.json()));
      bind(update, 2, BinaryArray.of(BIGINT, changes, RowChange::revision, table.json()));
      bind(update, 3, BinaryArray.of(BOOLEAN, changes, c -> c.row() == null, table.json()));
      for (int column = 0; column < table.shape().columns().size(); column++) {
        bind(update, column + 4, column(table, changes, column));
      }
      int written = update.execute();
      if (written != changes.size()) {
        throw new RowConflictException(
            "wanted to change %d rows of %s as they were loaded; found %d of them changed meanwhile"
                .formatted(changes.size(), table.name(), changes.size() - written));
      }
    }
  }

  private static BinaryArray column(PostgresTable table, List<RowChange> changes, int index) {
    RowShape shape = table.shape();
    ViewColumn column = shape.columns().get(index);
    try {
      return column.element() == null
          ? BinaryArray.of(column.type(), changes, c -> value(shape, c, index), table.json())
          : BinaryArray.of(
              TEXT, changes, c -> PostgresTypes.out(value(shape, c, index)), table.json());
    } catch (ArithmeticException tooLarge) {
      throw new RowRefusedException(
          "PostgreSQL cannot hold a value of %s in %s".formatted(column.name(), table.name()),
          tooLarge);
    }
  }

  private static @Nullable Object value(RowShape shape, RowChange change, int column) {
    Record row = change.row();
    return row == null ? null : shape.value(row, column);
  }

  private static void bind(Update update, int index, BinaryArray array) {
    update.bind(index, (position, statement, context) -> statement.setObject(position, array));
  }

  static void bind(Update update, int index, String element, @Nullable Object[] values) {
    update.bind(index, array(element, values));
  }

  static Argument array(String element, @Nullable Object[] values) {
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf(element, values));
  }
}
