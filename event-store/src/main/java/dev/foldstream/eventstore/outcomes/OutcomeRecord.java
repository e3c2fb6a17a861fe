package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.outcomes.Outcome.AppendedEvent;
import dev.foldstream.eventstore.outcomes.Outcome.Conflict;
import dev.foldstream.eventstore.outcomes.Outcome.Quarantined;
import dev.foldstream.eventstore.outcomes.Outcome.Rejected;
import dev.foldstream.eventstore.outcomes.Outcome.Unknown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored form of an outcome, one shape for all kinds. */
record OutcomeRecord(
    String commandId,
    String kind,
    int partition,
    long sequence,
    long version,
    List<AppendedEvent> events,
    @Nullable String rejection,
    @Nullable Long expectedVersion,
    @Nullable String cause) {

  private static final String ACCEPTED = "ACCEPTED";
  private static final String REJECTED = "REJECTED";
  private static final String CONFLICT = "CONFLICT";
  private static final String QUARANTINED = "QUARANTINED";
  private static final String UNKNOWN = "UNKNOWN";

  static OutcomeRecord of(Outcome outcome) {
    return switch (outcome) {
      case Accepted(var id, var partition, var sequence, var version, var events) ->
          new OutcomeRecord(id, ACCEPTED, partition, sequence, version, events, null, null, null);
      case Rejected(var id, var partition, var sequence, var version, var rejection) ->
          new OutcomeRecord(
              id, REJECTED, partition, sequence, version, List.of(), rejection, null, null);
      case Conflict(var id, var partition, var sequence, var expected, var found) ->
          new OutcomeRecord(
              id, CONFLICT, partition, sequence, found, List.of(), null, expected, null);
      case Quarantined(var id, var partition, var sequence, var cause) ->
          new OutcomeRecord(id, QUARANTINED, partition, sequence, 0, List.of(), null, null, cause);
      case Unknown(var id, var partition, var sequence) ->
          new OutcomeRecord(id, UNKNOWN, partition, sequence, 0, List.of(), null, null, null);
    };
  }

  Outcome outcome() {
    return switch (kind) {
      case ACCEPTED -> new Accepted(commandId, partition, sequence, version, events);
      case REJECTED ->
          new Rejected(commandId, partition, sequence, version, present(rejection, "rejection"));
      case CONFLICT ->
          new Conflict(
              commandId, partition, sequence, present(expectedVersion, "expectedVersion"), version);
      case QUARANTINED -> new Quarantined(commandId, partition, sequence, present(cause, "cause"));
      case UNKNOWN -> new Unknown(commandId, partition, sequence);
      default ->
          throw new IllegalStateException(
              "an outcome is ACCEPTED, REJECTED, CONFLICT, QUARANTINED or UNKNOWN; found " + kind);
    };
  }

  private <T> T present(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalStateException(
          "an outcome of kind %s has a %s; found none for command %s"
              .formatted(kind, name, commandId));
    }
    return value;
  }
}
