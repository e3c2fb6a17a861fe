package dev.foldstream.queryservice.waits;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How queries wait for what their tokens name.
 *
 * @param defaultWait how long one waits when its caller does not say
 * @param maxWait how long one waits at most
 * @param maxWaits how many wait at the same time
 */
@Context
@ConfigurationProperties("foldstream.queries")
public record QuerySettings(
    @Bindable(defaultValue = "2s") Duration defaultWait,
    @Bindable(defaultValue = "30s") Duration maxWait,
    @Bindable(defaultValue = "1000") int maxWaits) {

  /** What a store's watch takes at most. */
  private static final int MOST_WAITS = 10_000;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  public QuerySettings {
    String name = "foldstream.queries.";
    Check.between(name + "max-wait in ms", maxWait.toMillis(), 0, LONGEST_WAIT.toMillis());
    Check.between(name + "default-wait in ms", defaultWait.toMillis(), 0, maxWait.toMillis());
    Check.between(name + "max-waits", maxWaits, 1, MOST_WAITS);
  }
}
