package dev.foldstream.projector.projection;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How much may wait before a partition of a view stops.
 *
 * @param maxPerKey events that wait for one row, or one aggregate, of a partition
 * @param maxPerPartition events of a partition that wait in all
 */
@Context
@ConfigurationProperties("foldstream.projector.quarantine")
public record QuarantineSettings(
    @Bindable(defaultValue = "1000") int maxPerKey,
    @Bindable(defaultValue = "5000") int maxPerPartition) {

  /** Elasticsearch gives no more in one answer. */
  public static final int MAX = 10_000;

  public QuarantineSettings {
    String name = "foldstream.projector.quarantine.";
    Check.between(name + "max-per-partition", maxPerPartition, 1, MAX);
    Check.between(name + "max-per-key", maxPerKey, 1, maxPerPartition);
  }

  /** The settings nobody changed. */
  public static QuarantineSettings defaults() {
    return new QuarantineSettings(1000, 5000);
  }
}
