package dev.foldstream.topologyservice.settings;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What is set aside.
 *
 * @param maxEntries of one topology that are read for an answer, the newest
 * @param redriveAtOnce events that one request gives to a topology again, at most
 * @param maxRedrives how often one event is given again
 */
@Context
@ConfigurationProperties("foldstream.topologies.quarantine")
public record QuarantineSettings(
    @Bindable(defaultValue = "10000") int maxEntries,
    @Bindable(defaultValue = "1000") int redriveAtOnce,
    @Bindable(defaultValue = "5") int maxRedrives) {

  private static final String NAME = "foldstream.topologies.quarantine.";
  private static final int MOST_ENTRIES = 1_000_000;
  private static final int MOST_REDRIVES = 100;

  public QuarantineSettings {
    Check.between(NAME + "max-entries", maxEntries, 1, MOST_ENTRIES);
    Check.between(NAME + "redrive-at-once", redriveAtOnce, 1, MOST_ENTRIES);
    Check.between(NAME + "max-redrives", maxRedrives, 1, MOST_REDRIVES);
  }
}
