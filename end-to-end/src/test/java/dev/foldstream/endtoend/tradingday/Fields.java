package dev.foldstream.endtoend.tradingday;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The fields of one JSON object. */
record Fields(Map<String, Object> values) {

  static Fields of(String json) {
    return new Fields(JsonWalk.object(json));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    return (String) Objects.requireNonNull(values.get(name), name);
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  /** An amount with two places, in cents. */
  long cents(String name) {
    return Long.parseLong(text(name).replace(".", ""));
  }

  @SuppressWarnings("unchecked")
  Fields object(String name) {
    return new Fields((Map<String, Object>) Objects.requireNonNull(values.get(name), name));
  }

  @SuppressWarnings("unchecked")
  List<Fields> objects(String name) {
    var items = (List<Map<String, Object>>) Objects.requireNonNull(values.get(name), name);
    return items.stream().map(Fields::new).toList();
  }
}
