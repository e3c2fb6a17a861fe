package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.rows.Boundaries;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.RowShape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters, orders and pages in Elasticsearch's words; a field that is not there is refused. */
final class ElasticsearchQuery {

  private final ElasticsearchFields fields;

  ElasticsearchQuery(ElasticsearchFields fields) {
    this.fields = fields;
  }

  /** Everything that is not removed and meets the filters; put further conditions into it. */
  ObjectNode bool(List<ViewQuery.Filter> filters) {
    ObjectNode bool = RowJson.object();
    bool.putArray("must_not").addObject().putObject("term").put(ElasticsearchMapping.REMOVED, true);
    ArrayNode all = bool.putArray("filter");
    filters.forEach(filter -> all.add(condition(filter)));
    return bool;
  }

  private ObjectNode condition(ViewQuery.Filter filter) {
    String field = filter.column();
    ViewColumnType type = fields.leaf(field);
    Object first = filter.values().isEmpty() ? null : filter.values().getFirst();
    return switch (filter.operator()) {
      case EQ -> term(field, first);
      case NEQ -> not(term(field, first), exists(field));
      case GT -> range(field, "gt", first);
      case GTE -> range(field, "gte", first);
      case LT -> range(field, "lt", first);
      case LTE -> range(field, "lte", first);
      case LIKE -> like(field, type, String.valueOf(first));
      case IN -> in(field, filter.values());
      case IS_NULL -> Boolean.TRUE.equals(first) ? not(exists(field), null) : exists(field);
    };
  }

  private static ObjectNode term(String field, @Nullable Object value) {
    ObjectNode query = RowJson.object();
    query.putObject("term").put(field, text(value));
    return query;
  }

  private static ObjectNode range(String field, String operator, @Nullable Object value) {
    ObjectNode query = RowJson.object();
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
    values.forEach(value -> all.add(text(value)));
    return query;
  }

  private static ObjectNode like(String field, ViewColumnType type, String pattern) {
    if (type != ViewColumnType.TEXT && type != ViewColumnType.ENUM) {
      throw new IllegalArgumentException(
          "like compares texts; field '%s' is %s".formatted(field, type));
    }
    ObjectNode query = RowJson.object();
    query
        .putObject("wildcard")
        .putObject(field)
        .put("value", pattern.replace("\\", "\\\\").replace("?", "\\?"));
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

  /** The order with nulls last and the key at its end. */
  ArrayNode sort(ViewQuery query) {
    ArrayNode sort = RowJson.object().putArray("sort");
    for (ViewQuery.Order order : query.order()) {
      fields.leaf(order.column());
      sort.addObject()
          .putObject(order.column())
          .put("order", order.descending() ? "desc" : "asc")
          .put("missing", "_last");
    }
    sort.addObject()
        .putObject(ElasticsearchMapping.KEY)
        .put("order", Boundaries.keyDescending(query) ? "desc" : "asc");
    return sort;
  }

  /**
   * Whatever is behind the boundary in the order: equal in the first columns and behind in the
   * next, or equal in all and behind by key. Said in conditions, because nothing else treats nulls
   * of all types alike.
   */
  ObjectNode after(RowShape shape, ViewQuery query, ViewQuery.Boundary after) {
    ObjectNode result = RowJson.object();
    ObjectNode bool = result.putObject("bool");
    bool.put("minimum_should_match", 1);
    ArrayNode cases = bool.putArray("should");
    for (int last = 0; last <= query.order().size(); last++) {
      ArrayNode all = cases.addObject().putObject("bool").putArray("filter");
      for (int i = 0; i < last; i++) {
        String field = shape.known(query.order().get(i).column()).name();
        Object value = after.values().get(i);
        all.add(value == null ? not(exists(field), null) : term(field, value));
      }
      all.add(
          last < query.order().size()
              ? behind(query.order().get(last), after.values().get(last))
              : range(
                  ElasticsearchMapping.KEY,
                  Boundaries.keyDescending(query) ? "lt" : "gt",
                  after.key()));
    }
    return result;
  }

  private static ObjectNode behind(ViewQuery.Order order, @Nullable Object value) {
    ObjectNode query = RowJson.object();
    if (value == null) {
      query.putObject("match_none");
      return query;
    }
    ArrayNode either = query.putObject("bool").put("minimum_should_match", 1).putArray("should");
    either.add(range(order.column(), order.descending() ? "lt" : "gt", value));
    either.add(not(exists(order.column()), null));
    return query;
  }
}
