package dev.foldstream.topology.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a tree against the JSON Schema of documents. It knows the words that this schema uses, and
 * tells faults as an author understands them: alternatives of {@code oneOf} are told apart by the
 * field that gives each its title, or by the kind of value.
 */
final class SchemaCheck {

  /** The words it knows; a test holds the schema to them. */
  static final Set<String> WORDS =
      Set.of(
          "$schema",
          "$id",
          "$ref",
          "$defs",
          "title",
          "description",
          "examples",
          "default",
          "type",
          "required",
          "properties",
          "additionalProperties",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "items",
          "minItems",
          "maxItems",
          "pattern",
          "enum",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "oneOf");

  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private final Map<String, String> raw;
  private final List<Fault> faults = new ArrayList<>();

  private SchemaCheck(Map<String, String> raw) {
    this.raw = raw;
  }

  /** Everything that is wrong. Where a text is wanted and a bare number stands, it becomes one. */
  static List<Fault> check(ObjectNode root, Map<String, String> raw) {
    var check = new SchemaCheck(raw);
    check.value(DocumentSchema.tree(), root, "", _ -> {});
    return check.faults;
  }

  static JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    return reference.isEmpty() ? schema : DocumentSchema.tree().at(reference.substring(1));
  }

  private void value(JsonNode given, JsonNode found, String pointer, Consumer<JsonNode> replace) {
    JsonNode schema = resolved(given);
    if (schema.has("oneOf")) {
      alternative(schema, found, pointer, replace);
      return;
    }
    switch (schema.path("type").asText()) {
      case "object" -> {
        if (found instanceof ObjectNode object) {
          object(schema, object, pointer);
        } else {
          wrongKind(schema, "an object", found, pointer);
        }
      }
      case "array" -> {
        if (found instanceof ArrayNode array) {
          array(schema, array, pointer);
        } else {
          wrongKind(schema, "a list", found, pointer);
        }
      }
      case "string" -> string(schema, found, pointer, replace);
      default -> number(schema, found, pointer);
    }
  }

  private void wrongKind(JsonNode schema, String wanted, JsonNode found, String pointer) {
    faults.add(
        Fault.at(
            pointer, "wanted %s; found %s".formatted(wanted, kind(found)), description(schema)));
  }

  private static @Nullable String description(JsonNode schema) {
    return schema.has("description") ? schema.get("description").asText() : null;
  }

  private static String kind(JsonNode found) {
    return switch (found.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "the text '" + shortened(found.asText()) + "'";
      case NULL -> "nothing";
      default -> found.asText();
    };
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private void alternative(
      JsonNode schema, JsonNode found, String pointer, Consumer<JsonNode> replace) {
    var fitting = new ArrayList<JsonNode>();
    var titles = new TreeSet<String>();
    for (JsonNode alternative : schema.get("oneOf")) {
      String title = alternative.path("title").asText();
      titles.add(title);
      boolean fits =
          switch (alternative.path("type").asText()) {
            case "object" -> found.isObject() && found.has(title);
            case "array" -> found.isArray();
            default -> found.isValueNode() && !found.isNull();
          };
      if (fits) {
        fitting.add(alternative);
      }
    }
    if (fitting.size() == 1) {
      value(fitting.getFirst(), found, pointer, replace);
    } else if (fitting.isEmpty()) {
      faults.add(none(found, pointer, titles));
    } else {
      var both = fitting.stream().map(one -> one.path("title").asText()).toList();
      faults.add(
          Fault.at(
              pointer,
              "wanted one of %s; found %s together".formatted(Words.listed(titles), both),
              "make one of each"));
    }
  }

  private static Fault none(JsonNode found, String pointer, Set<String> titles) {
    if (!found.isObject()) {
      return Fault.at(
          pointer, "wanted one of %s; found %s".formatted(Words.listed(titles), kind(found)));
    }
    var names = new ArrayList<String>();
    found.fieldNames().forEachRemaining(names::add);
    String meant =
        names.stream()
            .filter(name -> !name.equals("from"))
            .map(name -> Words.didYouMean(name, titles))
            .filter(hint -> hint != null && hint.startsWith("did you mean"))
            .findFirst()
            .orElse(null);
    return Fault.at(
        pointer, "wanted one of %s; found %s".formatted(Words.listed(titles), names), meant);
  }

  private void object(JsonNode schema, ObjectNode found, String pointer) {
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (JsonNode name : schema.path("required")) {
      if (!found.has(name.asText())) {
        faults.add(
            Fault.at(
                pointer,
                "%s is missing".formatted(name.asText()),
                description(resolved(properties.path(name.asText())))));
      }
    }
    size(schema, "Properties", "fields", found.size(), pointer);
    var known = new TreeSet<String>();
    properties.fieldNames().forEachRemaining(known::add);
    for (var entry : List.copyOf(found.properties())) {
      String name = entry.getKey();
      String child = Pointers.child(pointer, name);
      Consumer<JsonNode> replace = value -> found.set(name, value);
      if (properties.has(name)) {
        value(properties.get(name), entry.getValue(), child, replace);
      } else if (others.isObject()) {
        name(schema, name, child);
        value(others, entry.getValue(), child, replace);
      } else {
        faults.add(
            Fault.at(
                child, "there is no field %s here".formatted(name), Words.didYouMean(name, known)));
      }
    }
  }

  private void name(JsonNode schema, String name, String pointer) {
    if (schema.has("propertyNames")) {
      string(resolved(schema.get("propertyNames")), TextNode.valueOf(name), pointer, _ -> {});
    }
  }

  private void array(JsonNode schema, ArrayNode found, String pointer) {
    size(schema, "Items", "elements", found.size(), pointer);
    for (int i = 0; i < found.size(); i++) {
      int index = i;
      value(
          schema.get("items"),
          found.get(i),
          Pointers.child(pointer, i),
          value -> found.set(index, value));
    }
  }

  private void size(JsonNode schema, String word, String what, int found, String pointer) {
    int least = schema.path("min" + word).asInt(0);
    int most = schema.path("max" + word).asInt(Integer.MAX_VALUE);
    if (found < least || found > most) {
      faults.add(
          Fault.at(pointer, "wanted %d to %d %s; found %d".formatted(least, most, what, found)));
    }
  }

  private void string(JsonNode schema, JsonNode found, String pointer, Consumer<JsonNode> replace) {
    String bare = raw.get(pointer);
    String text = found.isTextual() ? found.asText() : bare;
    if (text == null || found.isNull() || found.isContainerNode()) {
      wrongKind(schema, "a text", found, pointer);
      return;
    }
    if (!found.isTextual()) {
      replace.accept(TextNode.valueOf(text));
    }
    if (schema.has("enum")) {
      constant(schema, text, pointer);
    }
    String pattern = schema.path("pattern").asText("");
    if (!pattern.isEmpty()
        && !PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(text).find()) {
      faults.add(
          Fault.at(pointer, "'%s' does not fit".formatted(shortened(text)), description(schema)));
    }
    size(schema, "Length", "characters", text.length(), pointer);
  }

  private void constant(JsonNode schema, String text, String pointer) {
    var allowed = new ArrayList<String>();
    schema.get("enum").forEach(value -> allowed.add(value.asText()));
    if (!allowed.contains(text)) {
      faults.add(
          Fault.at(
              pointer,
              "wanted %s; found %s".formatted(String.join(" or ", allowed), shortened(text)),
              allowed.size() == 1 ? null : Words.didYouMean(text, allowed)));
    }
  }

  private void number(JsonNode schema, JsonNode found, String pointer) {
    boolean whole = schema.path("type").asText().equals("integer");
    if (whole ? !found.isIntegralNumber() : !found.isNumber()) {
      wrongKind(schema, whole ? "a whole number" : "a number", found, pointer);
      return;
    }
    double value = found.doubleValue();
    double least = schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY);
    double most = schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
    if (value < least || value > most) {
      faults.add(
          Fault.at(
              pointer,
              "wanted %s to %s; found %s"
                  .formatted(
                      schema.path("minimum").asText(),
                      schema.path("maximum").asText(),
                      found.asText())));
    }
  }
}
