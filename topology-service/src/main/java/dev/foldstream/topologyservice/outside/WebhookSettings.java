package dev.foldstream.topologyservice.outside;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How alerts are told to others.
 *
 * @param queue calls that wait; one more is given up
 * @param tries of one call
 * @param within how long one try may take
 */
@Context
@ConfigurationProperties("foldstream.topologies.webhooks")
public record WebhookSettings(
    @Bindable(defaultValue = "1000") int queue,
    @Bindable(defaultValue = "5") int tries,
    @Bindable(defaultValue = "5s") Duration within) {

  private static final String NAME = "foldstream.topologies.webhooks.";
  private static final int MOST_WAITING = 100_000;
  private static final int MOST_TRIES = 20;
  private static final int MOST_SECONDS = 60;

  public WebhookSettings {
    Check.between(NAME + "queue", queue, 1, MOST_WAITING);
    Check.between(NAME + "tries", tries, 1, MOST_TRIES);
    Check.between(NAME + "within", within.toSeconds(), 1, MOST_SECONDS);
  }
}
