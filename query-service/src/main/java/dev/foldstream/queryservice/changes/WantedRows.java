package dev.foldstream.queryservice.changes;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.queryservice.filters.Requests;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.rows.RowCondition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes a caller listens for: those of one key, or those after which the row meets a
 * condition. A row that is gone, and one that does not meet the condition any more, is told to
 * callers without a condition only.
 *
 * @param key null for any
 * @param condition null when every row meets it, and one that is gone, too
 */
record WantedRows(@Nullable String key, @Nullable RowCondition condition) {

  private static final String KEY = "key";

  static WantedRows read(ServedView view, Map<String, List<String>> parameters) {
    List<String> keys = parameters.getOrDefault(KEY, List.of());
    if (keys.size() > 1) {
      String detail = "'key' is given once; found %d".formatted(keys.size());
      throw new ProblemException(ProblemType.INVALID_QUERY, detail)
          .fault(Fault.parameter(KEY, detail));
    }
    Condition where = Requests.condition(view, parameters, Set.of(KEY));
    return new WantedRows(
        keys.isEmpty() ? null : keys.getFirst(),
        where.equals(ViewQuery.EVERY_ROW) ? null : new RowCondition(view.shape().type(), where));
  }

  boolean test(String changed, @Nullable ViewRow row) {
    if (key != null && !key.equals(changed)) {
      return false;
    }
    return condition == null || (row != null && condition.isMetBy(row.row()));
  }
}
