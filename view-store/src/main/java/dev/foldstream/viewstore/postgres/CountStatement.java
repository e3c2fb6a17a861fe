package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Count;
import dev.foldstream.viewstore.rows.RowFields;
import dev.foldstream.viewstore.rows.RowJson;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Counts the rows that meet a condition. An estimate is exact as far as {@link #COUNTED}; beyond it
 * is that of PostgreSQL's planner.
 */
final class CountStatement {

  /** So many rows are counted for an estimate; more are not. */
  static final int COUNTED = 10_000;

  private final String relation;
  private final RowFields fields;
  private final Condition where;

  CountStatement(String relation, RowFields fields, Condition where) {
    this.relation = relation;
    this.fields = fields;
    this.where = where;
  }

  long count(Handle handle, Count wanted) {
    if (wanted == Count.EXACT) {
      return number(handle, "select count(*) from \"%s\" where %s");
    }
    long few =
        number(
            handle,
            "select count(*) from (select from \"%s\" where %s limit "
                + (COUNTED + 1)
                + ") as counted");
    return few <= COUNTED ? few : Math.max(few, planned(handle));
  }

  private long number(Handle handle, String form) {
    return select(handle, form).mapTo(Long.class).one();
  }

  private long planned(Handle handle) {
    String plan =
        select(handle, "explain (format json) select from \"%s\" where %s")
            .mapTo(String.class)
            .one();
    return RowJson.tree("{\"plans\":" + plan + "}").at("/plans/0/Plan/Plan Rows").longValue();
  }

  private Query select(Handle handle, String form) {
    var conditions = new ConditionSql(fields);
    Query select = handle.select(form.formatted(relation, conditions.of(where)));
    conditions.bind(select);
    return select;
  }
}
