package dev.foldstream.commandservice.commands;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How commands are taken.
 *
 * @param usualWait for an outcome, when the caller does not say
 * @param maxWait that a caller may ask for
 * @param maxInFlight commands that wait for their outcomes at once
 * @param streamWindow commands of one stream in flight at once
 * @param startWithin how long a start waits for Kafka and the registry
 */
@Context
@ConfigurationProperties("foldstream.commands")
public record CommandSettings(
    @Bindable(defaultValue = "10s") Duration usualWait,
    @Bindable(defaultValue = "60s") Duration maxWait,
    @Bindable(defaultValue = "10000") int maxInFlight,
    @Bindable(defaultValue = "256") int streamWindow,
    @Bindable(defaultValue = "2m") Duration startWithin) {

  private static final int MOST_IN_FLIGHT = 1_000_000;
  private static final int LARGEST_WINDOW = 10_000;
  private static final long LONGEST_WAIT_SECONDS = 3_600;

  public CommandSettings {
    String name = "foldstream.commands.";
    Check.between(name + "max-wait", maxWait.toSeconds(), 1, LONGEST_WAIT_SECONDS);
    Check.between(name + "usual-wait", usualWait.toSeconds(), 0, maxWait.toSeconds());
    Check.between(name + "max-in-flight", maxInFlight, 1, MOST_IN_FLIGHT);
    Check.between(name + "stream-window", streamWindow, 1, LARGEST_WINDOW);
    Check.between(name + "start-within", startWithin.toSeconds(), 1, LONGEST_WAIT_SECONDS);
  }
}
