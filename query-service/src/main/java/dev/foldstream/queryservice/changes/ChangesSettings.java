package dev.foldstream.queryservice.changes;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Streams of changes.
 *
 * @param maxClients how many are served at the same time
 * @param queue events that wait for one client; one more and it is dropped
 * @param heartbeat after how long without an event a comment is sent
 */
@Context
@ConfigurationProperties("foldstream.changes")
public record ChangesSettings(
    @Bindable(defaultValue = "1000") int maxClients,
    @Bindable(defaultValue = "256") int queue,
    @Bindable(defaultValue = "15s") Duration heartbeat) {

  private static final int MOST_CLIENTS = 100_000;
  private static final int MOST_WAITING = 100_000;
  private static final long SHORTEST_MILLIS = 100;
  private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

  public ChangesSettings {
    String name = "foldstream.changes.";
    Check.between(name + "max-clients", maxClients, 1, MOST_CLIENTS);
    Check.between(name + "queue", queue, 2, MOST_WAITING);
    Check.between(name + "heartbeat in ms", heartbeat.toMillis(), SHORTEST_MILLIS, LONGEST_MILLIS);
  }
}
