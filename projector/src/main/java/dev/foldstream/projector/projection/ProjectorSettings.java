package dev.foldstream.projector.projection;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How projections read.
 *
 * @param batchSize events that are folded and written together, at most
 * @param rowsInMemory rows that are kept ready so that they need not be loaded again, of all views
 *     together
 * @param sessionTimeout after how long without a sign a projector's partitions go to another
 * @param retryPause the first pause after a store or Kafka did not answer; each next one is twice
 *     as long
 * @param maxRetryPause the longest pause
 */
@Context
@ConfigurationProperties("foldstream.projector")
public record ProjectorSettings(
    @Bindable(defaultValue = "5000") int batchSize,
    @Bindable(defaultValue = "100000") int rowsInMemory,
    @Bindable(defaultValue = "10s") Duration sessionTimeout,
    @Bindable(defaultValue = "200ms") Duration retryPause,
    @Bindable(defaultValue = "5s") Duration maxRetryPause) {

  public static final int MAX_BATCH_SIZE = 10_000;
  private static final int MAX_ROWS_IN_MEMORY = 10_000_000;
  private static final Duration MIN_SESSION_TIMEOUT = Duration.ofSeconds(6);
  private static final Duration MAX_SESSION_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  public ProjectorSettings {
    String name = "foldstream.projector.";
    Check.between(name + "batch-size", batchSize, 1, MAX_BATCH_SIZE);
    Check.between(name + "rows-in-memory", rowsInMemory, 0, MAX_ROWS_IN_MEMORY);
    Check.between(
        name + "session-timeout in ms",
        sessionTimeout.toMillis(),
        MIN_SESSION_TIMEOUT.toMillis(),
        MAX_SESSION_TIMEOUT.toMillis());
    Check.between(
        name + "max-retry-pause in ms", maxRetryPause.toMillis(), 1, LONGEST_PAUSE.toMillis());
    Check.between(name + "retry-pause in ms", retryPause.toMillis(), 1, maxRetryPause.toMillis());
  }

  /** The settings nobody changed. */
  public static ProjectorSettings defaults() {
    return new ProjectorSettings(
        5000, 100_000, Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(5));
  }

  /** Those of each of so many workers. */
  ProjectorSettings sharedBy(int workers) {
    return new ProjectorSettings(
        batchSize, rowsInMemory / Math.max(1, workers), sessionTimeout, retryPause, maxRetryPause);
  }
}
