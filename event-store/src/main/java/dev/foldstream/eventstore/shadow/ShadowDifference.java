package dev.foldstream.eventstore.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;

/**
 * One command that would be answered otherwise.
 *
 * @param topic where the command lies
 * @param type the Avro full name of the command; empty when nothing says it
 * @param recorded {@code outcome}, with {@code rejection} or {@code events}
 * @param candidate the same of the candidate, or {@code outcome: failed} with the {@code detail}
 * @param first JSON pointer to the first difference of the two answers
 */
public record ShadowDifference(
    String topic,
    int partition,
    long offset,
    String aggregateId,
    String commandId,
    String type,
    JsonNode recorded,
    JsonNode candidate,
    String first) {

  /** The pointer to the first place where both differ; empty when they are equal. */
  static String first(JsonNode one, JsonNode other) {
    if (one.isObject() && other.isObject()) {
      return ofObjects(one, other);
    }
    return one.isArray() && other.isArray() ? ofArrays(one, other) : "";
  }

  private static String ofObjects(JsonNode one, JsonNode other) {
    var names = new LinkedHashSet<String>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode mine = one.path(name);
      JsonNode theirs = other.path(name);
      if (!mine.equals(theirs)) {
        return "/" + name.replace("~", "~0").replace("/", "~1") + first(mine, theirs);
      }
    }
    return "";
  }

  private static String ofArrays(JsonNode one, JsonNode other) {
    for (int index = 0; index < Math.max(one.size(), other.size()); index++) {
      if (!one.path(index).equals(other.path(index))) {
        return "/" + index + first(one.path(index), other.path(index));
      }
    }
    return "";
  }
}
