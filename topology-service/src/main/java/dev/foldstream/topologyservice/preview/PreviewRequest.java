package dev.foldstream.topologyservice.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.schemas.json.InvalidJsonException;
import dev.foldstream.schemas.json.RecordJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tried on what.
 *
 * @param document null for the live version
 * @param last how many records
 * @param from null for any time
 * @param to null for any time
 * @param events given in the request; empty to read real ones
 */
public record PreviewRequest(
    @Nullable String document,
    @Nullable Integer last,
    @Nullable Instant from,
    @Nullable Instant to,
    List<GivenEvent> events) {

  /** Events of a request. */
  static final int MAX_EVENTS = 1_000;

  private static final Set<String> KNOWN = Set.of("document", "last", "from", "to", "events");

  public PreviewRequest {
    events = List.copyOf(events);
  }

  /**
   * An event of an aggregate as a caller gives it.
   *
   * @param aggregate {@code <domain>.<aggregate>}
   * @param type simple name
   * @param id of the aggregate
   * @param time null for now
   */
  public record GivenEvent(
      String aggregate, String type, String id, @Nullable Instant time, JsonNode data) {}

  /** An empty body asks for the live version on the newest events. */
  public static PreviewRequest parse(byte[] body, RecordJson json) {
    if (body.length == 0) {
      return new PreviewRequest(null, null, null, null, List.of());
    }
    JsonNode tree;
    try {
      tree = json.tree(body);
    } catch (InvalidJsonException invalid) {
      throw new ProblemException(ProblemType.MALFORMED_JSON, String.valueOf(invalid.getMessage()));
    }
    var unknown = new TreeSet<String>();
    tree.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KNOWN);
    if (!tree.isObject() || !unknown.isEmpty()) {
      throw refused("", "an object with some of " + new TreeSet<>(KNOWN), unknown.toString());
    }
    return new PreviewRequest(
        document(tree.path("document")),
        tree.hasNonNull("last") ? number(tree.path("last")) : null,
        time("/from", tree.path("from")),
        time("/to", tree.path("to")),
        events(tree.path("events")));
  }

  private static @Nullable String document(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isTextual() ? node.asText() : node.toString();
  }

  private static int number(JsonNode node) {
    if (!node.canConvertToInt() || node.asInt() < 1) {
      throw refused("/last", "a number from 1", node.toString());
    }
    return node.asInt();
  }

  private static @Nullable Instant time(String pointer, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    try {
      return Instant.parse(node.asText());
    } catch (DateTimeException notATime) {
      throw refused(pointer, "a time like 2026-01-31T12:00:00Z", node.toString());
    }
  }

  private static List<GivenEvent> events(JsonNode nodes) {
    if (nodes.size() > MAX_EVENTS) {
      throw refused("/events", "at most %d events".formatted(MAX_EVENTS), nodes.size() + "");
    }
    var events = new ArrayList<GivenEvent>();
    for (int i = 0; i < nodes.size(); i++) {
      JsonNode node = nodes.path(i);
      String pointer = "/events/" + i;
      events.add(
          new GivenEvent(
              text(pointer, node, "aggregate"),
              text(pointer, node, "type"),
              text(pointer, node, "id"),
              time(pointer + "/time", node.path("time")),
              node.path("data")));
    }
    return events;
  }

  private static String text(String pointer, JsonNode node, String name) {
    if (!node.path(name).isTextual()) {
      throw refused(pointer + "/" + name, "a text", node.path(name).toString());
    }
    return node.path(name).asText();
  }

  static ProblemException refused(String pointer, String wanted, String found) {
    String detail = "wanted %s; found %s".formatted(wanted, found);
    return new ProblemException(ProblemType.INVALID_REQUEST, detail)
        .fault(Fault.pointer(pointer, detail));
  }
}
