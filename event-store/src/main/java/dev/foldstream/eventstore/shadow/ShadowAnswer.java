package dev.foldstream.eventstore.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What was answered to a command, as JSON, so that answers of other classes can be compared. */
record ShadowAnswer(JsonNode json) {

  /** A longer answer is shown without its events. */
  static final int MAX_SHOWN_CHARACTERS = 100_000;

  private static final String OUTCOME = "outcome";
  private static final String REJECTION = "rejection";
  private static final String EVENTS = "events";
  private static final String FAILED = "failed";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static ShadowAnswer accepted(List<? extends JsonNode> events) {
    ObjectNode json = JSON.objectNode().put(OUTCOME, "accepted");
    json.putArray(EVENTS).addAll(events);
    return new ShadowAnswer(json);
  }

  static ShadowAnswer rejected(String rejection) {
    return new ShadowAnswer(JSON.objectNode().put(OUTCOME, "rejected").put(REJECTION, rejection));
  }

  static ShadowAnswer conflict() {
    return new ShadowAnswer(JSON.objectNode().put(OUTCOME, "conflict"));
  }

  static ShadowAnswer failed(String detail) {
    return new ShadowAnswer(JSON.objectNode().put(OUTCOME, FAILED).put("detail", detail));
  }

  static JsonNode event(String type, JsonNode data) {
    return JSON.objectNode().put("type", type).set("data", data);
  }

  boolean failed() {
    return FAILED.equals(json.path(OUTCOME).textValue());
  }

  /** Whether both accepted, or both refused with the same word, whatever the events. */
  boolean sameOutcome(ShadowAnswer other) {
    return json.path(OUTCOME).equals(other.json.path(OUTCOME))
        && json.path(REJECTION).equals(other.json.path(REJECTION));
  }

  /** The answer as far as a report keeps it. */
  JsonNode shown() {
    if (!json.has(EVENTS) || json.toString().length() <= MAX_SHOWN_CHARACTERS) {
      return json;
    }
    ObjectNode shown = json.deepCopy();
    int events = shown.remove(EVENTS).size();
    return shown.put("eventsLeftOut", events);
  }
}
