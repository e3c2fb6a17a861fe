package dev.foldstream.eventstore.quarantine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one entry. Records may come in any order and more than once: a retry may lie in
 * another partition than what it retries.
 */
final class QuarantineCase {

  /** Where a record lies in the commands topic. */
  record CommandPlace(int partition, long offset) {}

  private final String id;
  private final String domain;
  private final String aggregate;
  private final Map<CommandPlace, QuarantinedCommand> setAside = new HashMap<>();
  private final Set<CommandPlace> retried = new HashSet<>();
  private @Nullable QuarantinedCommand first;
  private int quarantinePartition;
  private @Nullable QuarantineResolution resolution;
  private @Nullable QuarantineResolution discarded;

  QuarantineCase(String id, String domain, String aggregate) {
    this.id = id;
    this.domain = domain;
    this.aggregate = aggregate;
  }

  void add(QuarantinedCommand command, int partition) {
    setAside.put(new CommandPlace(command.partition(), command.offset()), command);
    if (command.retryOf() == null) {
      first = command;
      quarantinePartition = partition;
    }
  }

  void add(QuarantineResolution added) {
    if (added.retryPartition() != null && added.retryOffset() != null) {
      retried.add(new CommandPlace(added.retryPartition(), added.retryOffset()));
    }
    if (resolution == null || !added.at().isBefore(resolution.at())) {
      resolution = added;
    }
    if (added.kind().equals(QuarantineResolution.DISCARDED)) {
      discarded = added;
    }
  }

  /** Null until the record that was first set aside is known. */
  @Nullable QuarantineEntry entry() {
    QuarantinedCommand known = first;
    if (known == null) {
      return null;
    }
    QuarantinedCommand latest = known;
    for (QuarantinedCommand one : setAside.values()) {
      latest = one.storedAt().isAfter(latest.storedAt()) ? one : latest;
    }
    return new QuarantineEntry(
        id,
        domain,
        aggregate,
        latest,
        quarantinePartition,
        known.storedAt(),
        setAside.size(),
        state(),
        discarded == null ? resolution : discarded);
  }

  private QuarantineState state() {
    if (discarded != null) {
      return QuarantineState.DISCARDED;
    }
    boolean decided = retried.stream().anyMatch(place -> !setAside.containsKey(place));
    return decided ? QuarantineState.RETRIED : QuarantineState.OPEN;
  }
}
