package dev.foldstream.topology.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.topology.document.Source.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a tree that passed the schema to the records of a document. */
final class Binding {

  private Binding() {}

  static <T> Map<String, T> named(JsonNode object, Function<JsonNode, T> one) {
    var bound = new LinkedHashMap<String, T>();
    object.properties().forEach(entry -> bound.put(entry.getKey(), one.apply(entry.getValue())));
    return Collections.unmodifiableMap(bound);
  }

  static Source source(JsonNode json) {
    if (json.has("aggregate")) {
      return new Source.Events(text(json, "aggregate"), texts(json, "events"), form(json));
    }
    if (json.has("topic")) {
      return new Source.Topic(text(json, "topic"), texts(json, "types"), form(json));
    }
    return new Source.View(text(json, "view"));
  }

  static Sink sink(JsonNode json) {
    String from = text(json, "from");
    String key = textOrNull(json, "key");
    if (json.has("topic")) {
      Integer partitions = json.has("partitions") ? json.get("partitions").asInt() : null;
      return new Sink.Topic(from, text(json, "topic"), key, partitions);
    }
    var stores = json.has("stores") ? texts(json, "stores") : List.of("postgresql");
    return new Sink.View(from, text(json, "view"), key, stores, texts(json, "indexes"));
  }

  static Form form(JsonNode json) {
    return json.path("as").asText("stream").equals("table") ? Form.TABLE : Form.STREAM;
  }

  static String text(JsonNode json, String name) {
    return json.path(name).asText();
  }

  static String text(JsonNode json, String name, String otherwise) {
    return json.path(name).asText(otherwise);
  }

  static @Nullable String textOrNull(JsonNode json, String name) {
    return json.has(name) ? json.get(name).asText() : null;
  }

  static List<String> texts(JsonNode json, String name) {
    var texts = new ArrayList<String>();
    json.path(name).forEach(one -> texts.add(one.asText()));
    return List.copyOf(texts);
  }

  static Map<String, String> expressions(JsonNode json, String name) {
    return named(json.path(name), JsonNode::asText);
  }

  static Duration duration(JsonNode json, String name, Duration otherwise) {
    return json.has(name) ? Durations.parse(text(json, name)) : otherwise;
  }

  static @Nullable Duration durationOrNull(JsonNode json, String name) {
    return json.has(name) ? Durations.parse(text(json, name)) : null;
  }

  static <E extends Enum<E>> E constant(JsonNode json, String name, Class<E> type, E otherwise) {
    return json.has(name)
        ? Enum.valueOf(type, text(json, name).toUpperCase(Locale.ROOT))
        : otherwise;
  }
}
