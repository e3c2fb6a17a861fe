package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.ViewQuery.Order;
import dev.foldstream.viewstore.rows.Boundaries;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.ValueOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions, orders and pages in Elasticsearch's words; a field that is not there is refused. */
final class ElasticsearchQuery {

  /** What {@code date_nanos} holds, and refuses to be compared with anything else. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("2262-04-11T23:47:16.854775807Z");

  private final RowFields fields;

  ElasticsearchQuery(RowFields fields) {
    this.fields = fields;
  }

  /** Everything that is not removed and meets the condition; put further conditions into it. */
  ObjectNode bool(Condition where) {
    ObjectNode bool = RowJson.object();
    bool.putArray("must_not").addObject().putObject("term").put(ElasticsearchMapping.REMOVED, true);
    bool.putArray("filter").add(of(where));
    return bool;
  }

  private ObjectNode of(Condition condition) {
    return switch (condition) {
      case All all -> all(all.of());
      case Any any -> any(any.of());
      case Filter filter -> filter(filter);
    };
  }

  private ObjectNode all(List<Condition> conditions) {
    ObjectNode query = RowJson.object();
    if (conditions.isEmpty()) {
      query.putObject("match_all");
      return query;
    }
    ArrayNode all = query.putObject("bool").putArray("filter");
    conditions.forEach(condition -> all.add(of(condition)));
    return query;
  }

  private ObjectNode any(List<Condition> conditions) {
    ObjectNode query = RowJson.object();
    if (conditions.isEmpty()) {
      query.putObject("match_none");
      return query;
    }
    ArrayNode any = query.putObject("bool").put("minimum_should_match", 1).putArray("should");
    conditions.forEach(condition -> any.add(of(condition)));
    return query;
  }

  private ObjectNode filter(Filter filter) {
    RowField field = fields.known(filter.column());
    boolean not = filter.not() != (filter.operator() == Operator.NEQ);
    if (filter.operator() == Operator.IS_NULL) {
      return filter.values().contains(true) == filter.not()
          ? exists(field.path())
          : not(exists(field.path()), null);
    }
    ObjectNode compared = compared(field, filter);
    return not ? not(compared, exists(field.path())) : compared;
  }

  private static ObjectNode compared(RowField field, Filter filter) {
    Object first = filter.values().getFirst();
    String path = field.path();
    return switch (filter.operator()) {
      case EQ, NEQ -> term(path, first);
      case GT -> range(path, "gt", first);
      case GTE -> range(path, "gte", first);
      case LT -> range(path, "lt", first);
      case LTE -> range(path, "lte", first);
      case LIKE -> like(field, String.valueOf(first), false);
      case ILIKE -> like(field, String.valueOf(first), true);
      case IN -> in(path, filter.values());
      case WITHIN -> not(outside(path, filter.values()), exists(path));
      case IS_NULL -> throw new IllegalStateException("compares nothing: " + filter);
    };
  }

  private static ObjectNode term(String field, @Nullable Object value) {
    ObjectNode query = RowJson.object();
    if (beyond(value) != 0) {
      query.putObject("match_none");
      return query;
    }
    query.putObject("term").put(field, text(value));
    return query;
  }

  private static ObjectNode range(String field, String operator, @Nullable Object value) {
    ObjectNode query = RowJson.object();
    int beyond = beyond(value);
    if (beyond != 0) {
      if (operator.startsWith("g") == (beyond < 0)) {
        return exists(field);
      }
      query.putObject("match_none");
      return query;
    }
    query.putObject("range").putObject(field).put(operator, text(value));
    return query;
  }

  private static ObjectNode exists(String field) {
    ObjectNode query = RowJson.object();
    query.putObject("exists").put("field", field);
    return query;
  }

  private static ObjectNode not(ObjectNode refused, @Nullable ObjectNode wanted) {
    ObjectNode query = RowJson.object();
    ObjectNode bool = query.putObject("bool");
    bool.putArray("must_not").add(refused);
    if (wanted != null) {
      bool.putArray("filter").add(wanted);
    }
    return query;
  }

  private static ObjectNode in(String field, List<Object> values) {
    ObjectNode query = RowJson.object();
    ArrayNode all = query.putObject("terms").putArray(field);
    values.stream().filter(value -> beyond(value) == 0).forEach(value -> all.add(text(value)));
    return query;
  }

  /** Any value before, between or behind these: nothing else finds one that is none of them. */
  private static ObjectNode outside(String field, List<Object> values) {
    List<Object> sorted =
        values.stream().filter(value -> beyond(value) == 0).sorted(ValueOrder.STORED).toList();
    ObjectNode query = RowJson.object();
    if (sorted.isEmpty()) {
      query.putObject("match_all");
      return query;
    }
    ArrayNode gaps = query.putObject("bool").put("minimum_should_match", 1).putArray("should");
    gaps.add(range(field, "lt", sorted.getFirst()));
    for (int i = 1; i < sorted.size(); i++) {
      gaps.addObject()
          .putObject("range")
          .putObject(field)
          .put("gt", text(sorted.get(i - 1)))
          .put("lt", text(sorted.get(i)));
    }
    gaps.add(range(field, "gt", sorted.getLast()));
    return query;
  }

  /** Where a time is that no row can have here: before the first one, or behind the last. */
  private static int beyond(@Nullable Object value) {
    return value instanceof Instant time && (time.isBefore(FIRST) || time.isAfter(LAST))
        ? time.compareTo(FIRST)
        : 0;
  }

  private static ObjectNode like(RowField field, String pattern, boolean ignoreCase) {
    if (!field.text()) {
      throw new IllegalArgumentException(
          "like compares texts; field '%s' is %s".formatted(field.path(), field.type()));
    }
    ObjectNode query = RowJson.object();
    query
        .putObject("wildcard")
        .putObject(field.path())
        .put("value", pattern.replace("\\", "\\\\").replace("?", "\\?"))
        .put("case_insensitive", ignoreCase);
    return query;
  }

  /** Elasticsearch reads texts as values of the field's type. */
  private static String text(@Nullable Object value) {
    return switch (value) {
      case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS).toString();
      case BigDecimal decimal -> decimal.toPlainString();
      case Enum<?> constant -> constant.name();
      case null -> "null";
      default -> value.toString();
    };
  }

  /** The order with the key at its end. */
  ArrayNode sort(List<Order> order) {
    ArrayNode sort = RowJson.object().putArray("sort");
    for (Order one : order) {
      sort.addObject()
          .putObject(fields.single(one.column()).path())
          .put("order", one.descending() ? "desc" : "asc")
          .put("missing", one.nullsFirst() ? "_first" : "_last");
    }
    sort.addObject()
        .putObject(ElasticsearchMapping.KEY)
        .put("order", Boundaries.keyDescending(order) ? "desc" : "asc");
    return sort;
  }

  /**
   * Whatever is behind the boundary in the order: equal in the first fields and behind in the next,
   * or equal in all and behind by key. Said in conditions, because nothing else treats nulls of all
   * types alike.
   */
  ObjectNode after(List<Order> order, ViewQuery.Boundary after) {
    ObjectNode result = RowJson.object();
    ObjectNode bool = result.putObject("bool");
    bool.put("minimum_should_match", 1);
    ArrayNode cases = bool.putArray("should");
    for (int last = 0; last <= order.size(); last++) {
      ArrayNode all = cases.addObject().putObject("bool").putArray("filter");
      for (int i = 0; i < last; i++) {
        String field = fields.single(order.get(i).column()).path();
        Object value = after.values().get(i);
        all.add(value == null ? not(exists(field), null) : term(field, value));
      }
      all.add(
          last < order.size()
              ? behind(order.get(last), after.values().get(last))
              : range(
                  ElasticsearchMapping.KEY,
                  Boundaries.keyDescending(order) ? "lt" : "gt",
                  after.key()));
    }
    return result;
  }

  private static ObjectNode behind(Order order, @Nullable Object value) {
    ObjectNode query = RowJson.object();
    if (value == null) {
      if (order.nullsFirst()) {
        return exists(order.column());
      }
      query.putObject("match_none");
      return query;
    }
    ObjectNode compared = range(order.column(), order.descending() ? "lt" : "gt", value);
    if (order.nullsFirst()) {
      return compared;
    }
    ArrayNode either = query.putObject("bool").put("minimum_should_match", 1).putArray("should");
    either.add(compared);
    either.add(not(exists(order.column()), null));
    return query;
  }
}
