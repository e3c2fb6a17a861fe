package dev.foldstream.commandservice.decisions;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How quarantined commands are shown.
 *
 * @param maxEntries kept in memory; beyond it the oldest are left out of the list
 */
@Context
@ConfigurationProperties("foldstream.quarantine")
public record QuarantineSettings(@Bindable(defaultValue = "10000") int maxEntries) {

  private static final int MOST_ENTRIES = 1_000_000;

  public QuarantineSettings {
    Check.between("foldstream.quarantine.max-entries", maxEntries, 1, MOST_ENTRIES);
  }
}
