package dev.foldstream.topology.document;

import static dev.foldstream.topology.document.Binding.constant;
import static dev.foldstream.topology.document.Binding.duration;
import static dev.foldstream.topology.document.Binding.durationOrNull;
import static dev.foldstream.topology.document.Binding.expressions;
import static dev.foldstream.topology.document.Binding.text;
import static dev.foldstream.topology.document.Binding.textOrNull;
import static dev.foldstream.topology.document.Binding.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.topology.document.Calculation.Kind;
import dev.foldstream.topology.document.Step.Fields;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps, from a tree that passed the schema. */
final class StepBinding {

  private static final Duration ALERT_WITHIN = Duration.ofMinutes(5);
  private static final Duration ALERT_COOL_DOWN = Duration.ofMinutes(10);
  private static final Duration ALERT_FORGET = Duration.ofDays(1);
  private static final Duration DETECT_FORGET = Duration.ofDays(90);
  private static final int WARM_UP = 20;
  private static final double SMOOTHING = 0.1;
  private static final double DEVIATIONS = 3;
  private static final double FOREST_SCORE = 1.5;

  private StepBinding() {}

  static Step step(JsonNode json) {
    String from = text(json, "from");
    if (json.has("filter")) {
      return new Step.Filter(from, text(json, "filter"));
    }
    if (json.has("map")) {
      return new Step.Mapping(from, fields(json, "map", false));
    }
    if (json.has("flatMap")) {
      return new Step.FlatMap(
          from, text(json, "flatMap"), text(json, "as", "item"), fields(json, "fields", false));
    }
    if (json.has("rekey")) {
      return new Step.Rekey(from, text(json, "rekey"));
    }
    if (json.has("branch")) {
      return new Step.Branch(from, expressions(json, "branch"), textOrNull(json, "otherwise"));
    }
    if (json.has("merge")) {
      return new Step.Merge(texts(json, "merge"));
    }
    return stateful(json, from);
  }

  private static Step stateful(JsonNode json, String from) {
    if (json.has("aggregate")) {
      return new Step.Aggregate(
          from,
          textOrNull(json, "by"),
          json.has("window") ? window(json.get("window")) : null,
          constant(json, "emit", Step.Emit.class, Step.Emit.UPDATE),
          Binding.named(json.get("aggregate"), StepBinding::calculation),
          textOrNull(json, "type"));
    }
    if (json.has("join")) {
      return new Step.Join(
          from,
          text(json, "join"),
          constant(json, "how", Step.JoinKind.class, Step.JoinKind.INNER),
          textOrNull(json, "on"),
          durationOrNull(json, "within"),
          durationOrNull(json, "grace"),
          fields(json, "fields", false));
    }
    if (json.has("deduplicate")) {
      return new Step.Deduplicate(
          from, text(json, "deduplicate"), duration(json, "within", ALERT_WITHIN));
    }
    if (json.has("enrich")) {
      return new Step.Enrich(
          from,
          text(json, "enrich"),
          text(json, "key"),
          text(json, "missing").equals("drop"),
          fields(json, "fields", true));
    }
    return json.has("detect") ? detect(json, from) : alert(json, from);
  }

  private static Step detect(JsonNode json, String from) {
    var method = constant(json, "method", Step.Method.class, Step.Method.EWMA);
    double usual = method == Step.Method.FOREST ? FOREST_SCORE : DEVIATIONS;
    return new Step.Detect(
        from,
        json.get("detect").isArray() ? texts(json, "detect") : List.of(text(json, "detect")),
        method,
        json.path("threshold").asDouble(usual),
        json.path("warmUp").asInt(WARM_UP),
        json.path("smoothing").asDouble(SMOOTHING),
        text(json, "only").equals("unusual"),
        textOrNull(json, "type"),
        duration(json, "forget", DETECT_FORGET));
  }

  private static Step alert(JsonNode json, String from) {
    Duration within = duration(json, "within", ALERT_WITHIN);
    Duration coolDown = duration(json, "coolDown", ALERT_COOL_DOWN);
    Duration longer = within.compareTo(coolDown) > 0 ? within : coolDown;
    Duration forget = longer.compareTo(ALERT_FORGET) > 0 ? longer : ALERT_FORGET;
    return new Step.Alert(
        from,
        text(json, "alert"),
        json.path("times").asInt(1),
        within,
        coolDown,
        text(json, "message", "'the rule held for ' + key"),
        text(json, "severity", "warning"),
        textOrNull(json, "webhook"),
        duration(json, "forget", forget));
  }

  private static Fields fields(JsonNode json, String name, boolean keepByDefault) {
    String keep = text(json, "keep", keepByDefault ? "all" : "none");
    return new Fields(keep.equals("all"), expressions(json, name), textOrNull(json, "type"));
  }

  private static Window window(JsonNode json) {
    var grace = duration(json, "grace", Duration.ZERO);
    if (json.has("tumbling")) {
      return new Window.Tumbling(duration(json, "tumbling", Duration.ZERO), grace);
    }
    if (json.has("hopping")) {
      return new Window.Hopping(
          duration(json, "hopping", Duration.ZERO), duration(json, "every", Duration.ZERO), grace);
    }
    if (json.has("sliding")) {
      return new Window.Sliding(duration(json, "sliding", Duration.ZERO), grace);
    }
    return new Window.Session(duration(json, "session", Duration.ZERO), grace);
  }

  private static Calculation calculation(JsonNode json) {
    if (json.isTextual()) {
      return new Calculation(Kind.COUNT, null, null, null);
    }
    for (Kind kind : Kind.values()) {
      if (json.has(kind.word())) {
        return new Calculation(
            kind,
            text(json, kind.word()),
            json.has("limit") ? Integer.valueOf(json.get("limit").asInt()) : null,
            percentile(json));
      }
    }
    throw new IllegalStateException("the schema allows no calculation such as " + json);
  }

  private static @Nullable Double percentile(JsonNode json) {
    return json.has("at") ? Double.valueOf(json.get("at").asDouble()) : null;
  }
}
