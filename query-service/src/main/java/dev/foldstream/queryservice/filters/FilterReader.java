package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.filters.ColumnValues.NoValueException;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code <column>=<operator>.<value>}, a subset of PostgREST's grammar. */
final class FilterReader {

  static final int MAX_FILTERS = 32;
  static final int MAX_IN_VALUES = 200;

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "eq", Operator.EQ,
          "neq", Operator.NEQ,
          "gt", Operator.GT,
          "gte", Operator.GTE,
          "lt", Operator.LT,
          "lte", Operator.LTE,
          "like", Operator.LIKE,
          "in", Operator.IN,
          "is", Operator.IS_NULL);
  private static final String NAMES = "eq, neq, gt, gte, lt, lte, like, in, is";

  private final ServedView view;
  private final InvalidQuery invalid;
  private final List<Filter> filters = new ArrayList<>();

  FilterReader(ServedView view, InvalidQuery invalid) {
    this.view = view;
    this.invalid = invalid;
  }

  List<Filter> filters() {
    return List.copyOf(filters);
  }

  /** Adds the filters of one parameter; {@code columnName} is the parameter without its prefix. */
  void read(String parameter, String columnName, List<String> texts) {
    Optional<ViewColumn> column = Columns.comparable(view, parameter, columnName, invalid);
    if (column.isEmpty()) {
      return;
    }
    for (String text : texts) {
      if (filters.size() == MAX_FILTERS) {
        invalid.add(parameter, "a query has at most %d filters".formatted(MAX_FILTERS));
        return;
      }
      read(parameter, column.get(), text).ifPresent(filters::add);
    }
  }

  private Optional<Filter> read(String parameter, ViewColumn column, String text) {
    int dot = text.indexOf('.');
    String name = dot < 0 ? text : text.substring(0, dot);
    Operator operator = OPERATORS.get(name.toLowerCase(Locale.ROOT));
    if (dot < 0 || operator == null) {
      invalid.add(
          parameter,
          "a filter is <operator>.<value> with an operator of %s; found '%s'"
              .formatted(NAMES, Columns.shortened(text)));
      return Optional.empty();
    }
    String value = text.substring(dot + 1);
    return switch (operator) {
      case IN -> in(parameter, column, value);
      case IS_NULL -> is(parameter, column, value);
      case LIKE -> like(parameter, column, value);
      case EQ, NEQ, GT, GTE, LT, LTE -> one(parameter, column, operator, value);
    };
  }

  private Optional<Filter> one(
      String parameter, ViewColumn column, Operator operator, String value) {
    return value(parameter, column, value)
        .map(read -> new Filter(column.name(), operator, List.of(read)));
  }

  private Optional<Filter> like(String parameter, ViewColumn column, String pattern) {
    if (column.type() != ViewColumnType.TEXT && column.type() != ViewColumnType.ENUM) {
      invalid.add(
          parameter,
          "like compares texts, with * for any characters; '%s' is of type %s"
              .formatted(column.name(), column.type()));
      return Optional.empty();
    }
    try {
      Object read = ColumnValues.read(ViewColumnType.TEXT, String.class, pattern);
      return Optional.of(new Filter(column.name(), Operator.LIKE, List.of(read)));
    } catch (NoValueException wrong) {
      return refused(parameter, wrong, pattern);
    }
  }

  private Optional<Filter> in(String parameter, ViewColumn column, String text) {
    var list = FilterText.list(text);
    if (list.isEmpty() || list.get().isEmpty() || list.get().size() > MAX_IN_VALUES) {
      invalid.add(
          parameter,
          "in takes 1 to %d values as in.(a,b,\"c,d\"); found '%s'"
              .formatted(MAX_IN_VALUES, Columns.shortened(text)));
      return Optional.empty();
    }
    var values = new ArrayList<Object>();
    for (String value : list.get()) {
      value(parameter, column, value).ifPresent(values::add);
    }
    return values.size() == list.get().size()
        ? Optional.of(new Filter(column.name(), Operator.IN, values))
        : Optional.empty();
  }

  private Optional<Filter> is(String parameter, ViewColumn column, String value) {
    boolean truth = value.equals("true") || value.equals("false");
    if (truth && column.type() == ViewColumnType.BOOLEAN) {
      return Optional.of(
          new Filter(column.name(), Operator.EQ, List.of(Boolean.parseBoolean(value))));
    }
    if (value.equals("null") || value.equals("not_null")) {
      return Optional.of(
          new Filter(column.name(), Operator.IS_NULL, List.of(value.equals("null"))));
    }
    invalid.add(
        parameter,
        "is takes null or not_null, and for a Boolean column true or false; found '%s'"
            .formatted(Columns.shortened(value)));
    return Optional.empty();
  }

  private Optional<Object> value(String parameter, ViewColumn column, String text) {
    try {
      return Optional.of(ColumnValues.read(column.type(), view.javaType(column), text));
    } catch (NoValueException wrong) {
      return refused(parameter, wrong, text);
    }
  }

  private <T> Optional<T> refused(String parameter, NoValueException wrong, String found) {
    invalid.add(
        parameter,
        "'%s' takes %s; found '%s'"
            .formatted(parameter, wrong.getMessage(), Columns.shortened(found)));
    return Optional.empty();
  }
}
