package dev.foldstream.commandservice.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.AggregateId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a stream of commands. */
record CommandLine(
    String domain,
    String aggregate,
    String id,
    String command,
    JsonNode data,
    @Nullable String commandId,
    @Nullable Long expectedVersion,
    @Nullable Instant occurredAt) {

  private static final Set<String> MEMBERS =
      Set.of(
          "domain",
          "aggregate",
          "id",
          "command",
          "data",
          "commandId",
          "expectedVersion",
          "occurredAt");

  static CommandLine read(JsonNode line) {
    return new Reading(line).read();
  }

  /** Collects every fault of a line. */
  private static final class Reading {
    private final JsonNode line;
    private final List<Fault> faults = new ArrayList<>();

    Reading(JsonNode line) {
      this.line = line;
    }

    CommandLine read() {
      if (!line.isObject()) {
        fault("", "wanted an object; found " + kind(line));
        throw problem();
      }
      line.fieldNames()
          .forEachRemaining(
              name -> {
                if (!MEMBERS.contains(name)) {
                  fault("/" + name, "is not a member of a line; these are " + MEMBERS);
                }
              });
      String domain = text("domain");
      String aggregate = text("aggregate");
      String id = text("id");
      String command = text("command");
      var read =
          new CommandLine(
              domain, aggregate, id, command, data(), commandId(), expectedVersion(), occurredAt());
      if (!faults.isEmpty()) {
        throw problem();
      }
      return read;
    }

    private String text(String name) {
      JsonNode node = line.get(name);
      if (node == null || !node.isTextual()) {
        fault("/" + name, "wanted a text; found " + kind(node));
        return "";
      }
      return node.textValue();
    }

    private JsonNode data() {
      JsonNode node = line.get("data");
      return node == null || node.isNull() ? JsonNodeFactory.instance.objectNode() : node;
    }

    private @Nullable String commandId() {
      if (absent("commandId")) {
        return null;
      }
      String id = text("commandId");
      AggregateId.fault(id).ifPresent(fault -> fault("/commandId", fault));
      return id;
    }

    private @Nullable Long expectedVersion() {
      if (absent("expectedVersion")) {
        return null;
      }
      JsonNode node = line.get("expectedVersion");
      if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
        fault("/expectedVersion", "wanted a whole number from 0; found " + kind(node));
        return null;
      }
      return node.longValue();
    }

    private @Nullable Instant occurredAt() {
      if (absent("occurredAt")) {
        return null;
      }
      String text = text("occurredAt");
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException notATime) {
        fault("/occurredAt", "wanted a time such as 2026-01-31T12:00:00Z; found '" + text + "'");
        return null;
      }
    }

    private boolean absent(String name) {
      JsonNode node = line.get(name);
      return node == null || node.isNull();
    }

    private void fault(String pointer, String detail) {
      faults.add(Fault.pointer(pointer, detail));
    }

    private ProblemException problem() {
      return new ProblemException(
              ProblemType.INVALID_COMMAND,
              "A line is {domain, aggregate, id, command, data, commandId?, expectedVersion?, occurredAt?}; "
                  + faults.getFirst().pointer()
                  + " "
                  + faults.getFirst().detail())
          .faults(faults);
    }

    private static String kind(@Nullable JsonNode node) {
      if (node == null) {
        return "nothing";
      }
      String text = node.toString();
      int shown = 60;
      return text.length() <= shown ? text : text.substring(0, shown) + "...";
    }
  }
}
