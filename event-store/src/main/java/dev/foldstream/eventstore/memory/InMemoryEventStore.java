package dev.foldstream.eventstore.memory;

import dev.foldstream.eventstore.decision.InMemoryDecisions;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The twin of the log in memory, for tests: the same decisions, headers, bytes and stores as on
 * Kafka, one call at a time. What it cannot show are crashes, rebalances and other writers.
 */
public final class InMemoryEventStore {

  /** The time of commands that come without one. */
  public static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final Map<String, InMemoryDecisions> byAggregate = new LinkedHashMap<>();

  public InMemoryEventStore(Domain domain) {
    for (Feature feature : domain.features()) {
      if (feature instanceof Feature.Aggregate<?, ?, ?> aggregate) {
        byAggregate.put(aggregate.name(), new InMemoryDecisions(domain, aggregate));
      }
    }
  }

  /** Decides a command and answers its outcome. */
  public Outcome send(String aggregate, String id, Record command, String commandId) {
    return send(aggregate, id, command, CommandHeaders.of(commandId, null, TIME));
  }

  /** Decides a command that comes with these headers. */
  public Outcome send(String aggregate, String id, Record command, CommandHeaders headers) {
    return decisions(aggregate).send(id, command, headers);
  }

  /** The outcome of an earlier command, through the log as on Kafka. */
  public Outcome lookUp(String aggregate, String id, String commandId) {
    return decisions(aggregate).lookUp(id, commandId);
  }

  /** The events of all aggregates, in order within each partition. */
  public List<RecordedEvent<Object>> events() {
    var events = new ArrayList<RecordedEvent<Object>>();
    byAggregate.values().forEach(decisions -> events.addAll(decisions.events()));
    return events;
  }

  /** The events of one aggregate, in order. */
  public List<RecordedEvent<Object>> events(String aggregate, String id) {
    return decisions(aggregate).events().stream()
        .filter(event -> event.stream().id().equals(id))
        .toList();
  }

  private InMemoryDecisions decisions(String aggregate) {
    InMemoryDecisions decisions = byAggregate.get(aggregate);
    if (decisions == null) {
      throw new IllegalArgumentException(
          "wanted an aggregate of %s; found '%s'".formatted(byAggregate.keySet(), aggregate));
    }
    return decisions;
  }
}
