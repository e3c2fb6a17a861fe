package dev.foldstream.queryservice.changes;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewRow;
import io.micronaut.http.HttpParameters;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which changes a caller listens for: those of one key, or those after which columns have these
 * values. A row that is gone, and one that has other values now, is told to callers without such
 * conditions only.
 *
 * @param key null for any
 * @param columns by their place in the row
 */
record WantedRows(ServedView view, @Nullable String key, Map<Integer, String> columns) {

  private static final String KEY = "key";
  private static final String EQUALS = "eq.";
  private static final int MAX_CONDITIONS = 20;

  static WantedRows read(ServedView view, HttpParameters parameters) {
    String key = null;
    var columns = new LinkedHashMap<Integer, String>();
    for (String name : parameters.names()) {
      List<String> values = parameters.getAll(name);
      if (values.size() != 1 || columns.size() >= MAX_CONDITIONS) {
        throw invalid(
            name, "each condition is given once, at most %d of them".formatted(MAX_CONDITIONS));
      }
      if (name.equals(KEY)) {
        key = values.getFirst();
      } else {
        columns.put(column(view, name), value(name, values.getFirst()));
      }
    }
    return new WantedRows(view, key, columns);
  }

  private static int column(ServedView view, String name) {
    ViewColumn column =
        view.column(name)
            .filter(found -> found.type().comparable())
            .orElseThrow(
                () ->
                    invalid(
                        name,
                        "changes are filtered by key= and by columns that can be compared; '%s' has no such column '%s'"
                            .formatted(view.address(), name)));
    return view.shape().columns().indexOf(column);
  }

  private static String value(String name, String text) {
    if (!text.startsWith(EQUALS)) {
      throw invalid(
          name,
          "changes are filtered by equality, %s=eq.<value>; found '%s'".formatted(name, text));
    }
    return text.substring(EQUALS.length());
  }

  private static ProblemException invalid(String name, String detail) {
    return new ProblemException(ProblemType.INVALID_QUERY, detail)
        .fault(Fault.parameter(name, detail));
  }

  boolean test(String changed, @Nullable ViewRow row) {
    if (key != null && !key.equals(changed)) {
      return false;
    }
    return columns.isEmpty()
        || (row != null
            && columns.entrySet().stream()
                .allMatch(it -> same(view.shape().value(row.row(), it.getKey()), it.getValue())));
  }

  private static boolean same(@Nullable Object value, String text) {
    return switch (value) {
      case null -> false;
      case BigDecimal decimal -> isNumber(decimal, text);
      case Enum<?> constant -> constant.name().equals(text);
      case Object other -> other.toString().equals(text);
    };
  }

  private static boolean isNumber(BigDecimal decimal, String text) {
    try {
      return decimal.compareTo(new BigDecimal(text)) == 0;
    } catch (NumberFormatException other) {
      return false;
    }
  }
}
