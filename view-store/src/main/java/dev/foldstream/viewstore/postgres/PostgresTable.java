package dev.foldstream.viewstore.postgres;

import dev.foldstream.schemas.rows.ColumnNames;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.RowShape;
import dev.foldstream.viewstore.rows.StoreNames;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** The SQL of one version of one view. No statement varies with the size of a batch. */
final class PostgresTable {

  static final String KEY = "row_key";
  static final String REVISION = "revision";

  /**
   * Percent of a page that a load fills: rows are updated far more often than inserted, and an
   * update that finds room in its page touches no index.
   */
  private static final int FILL_FACTOR = 80;

  private static final Set<String> OWN_COLUMNS = ColumnNames.KEPT;

  private final ViewVersion version;
  private final RowShape shape;
  private final RowJson json;
  private final String name;
  private final String load;
  private final String merge;

  PostgresTable(ViewVersion version) {
    this.version = version;
    this.shape = RowShape.of(version.view().feature().row());
    this.json = new RowJson(shape);
    this.name = StoreNames.table(version);
    refuseUnfitColumns();
    this.load = "select %s from \"%s\" where %s = any(?)".formatted(selected(), name, KEY);
    this.merge = mergeStatement();
  }

  private void refuseUnfitColumns() {
    var taken = new HashSet<String>(OWN_COLUMNS);
    for (ViewColumn column : shape.columns()) {
      if (!taken.add(StoreNames.column(column.name()))) {
        throw new IllegalArgumentException(
            "%s: each component is a column with a name of its own, not one of %s; '%s' becomes %s, which is taken"
                .formatted(version, OWN_COLUMNS, column.name(), StoreNames.column(column.name())));
      }
    }
    for (List<String> index : version.view().feature().indexes()) {
      index.forEach(shape::known);
    }
  }

  RowShape shape() {
    return shape;
  }

  RowJson json() {
    return json;
  }

  String name() {
    return name;
  }

  String createTable() {
    String columns =
        shape.columns().stream()
            .map(c -> quoted(c) + " " + PostgresTypes.declared(c))
            .collect(Collectors.joining(", "));
    return "create table if not exists \"%s\" (%s text collate \"C\" primary key, %s bigint not null, %s) with (fillfactor = %d)"
        .formatted(name, KEY, REVISION, columns, FILL_FACTOR);
  }

  List<String> createIndexes() {
    return version.view().feature().indexes().stream().map(this::createIndex).toList();
  }

  /** The key closes every index, so that pages in its order are read from it alone. */
  private String createIndex(List<String> columns) {
    String listed =
        columns.stream().map(c -> quoted(shape.known(c))).collect(Collectors.joining(", "));
    var hash = new CRC32();
    hash.update(listed.getBytes(StandardCharsets.UTF_8));
    return "create index if not exists \"%s_%08x\" on \"%s\" (%s, %s)"
        .formatted(name, hash.getValue(), name, listed, KEY);
  }

  /** The name that stays when the version changes. */
  String createStableView() {
    return "create or replace view \"%s\" as select * from \"%s\""
        .formatted(StoreNames.table(version.view()), name);
  }

  /** The rows with the keys of an array. */
  String load() {
    return load;
  }

  /** Key, revision and the columns in their order. */
  String selected() {
    return KEY
        + ", "
        + REVISION
        + shape.columns().stream().map(c -> ", " + quoted(c)).collect(Collectors.joining());
  }

  /**
   * Writes and removes in one statement, each row only when it is still as it was loaded. Arrays:
   * key, expected revision, revision, removed, then the columns.
   */
  String merge() {
    return merge;
  }

  private String mergeStatement() {
    String columns =
        shape.columns().stream().map(c -> ", " + quoted(c)).collect(Collectors.joining());
    String values =
        shape.columns().stream().map(c -> ", " + source(c)).collect(Collectors.joining());
    String assignments =
        shape.columns().stream()
            .map(c -> ", " + quoted(c) + " = " + source(c))
            .collect(Collectors.joining());
    String parameters =
        shape.columns().stream()
            .map(c -> ", " + PostgresTypes.parameter(c.type()))
            .collect(Collectors.joining());
    return """
        merge into "%s" as t
        using unnest(?::text[], ?::bigint[], ?::bigint[], ?::boolean[]%s)
          as u(row_key, expected_revision, next_revision, is_removed%s)
        on t.row_key = u.row_key
        when matched and t.revision = u.expected_revision and u.is_removed then delete
        when matched and t.revision = u.expected_revision then
          update set revision = u.next_revision%s
        when not matched and u.expected_revision = 0 and not u.is_removed then
          insert (row_key, revision%s) values (u.row_key, u.next_revision%s)
        """
        .formatted(name, parameters, columns, assignments, columns, values);
  }

  private static String source(ViewColumn column) {
    return "u." + quoted(column) + PostgresTypes.cast(column);
  }

  static String quoted(ViewColumn column) {
    return "\"" + StoreNames.column(column.name()) + "\"";
  }
}
