package dev.foldstream.queryservice.caching;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * A Redis that several instances keep rows in together.
 *
 * @param url {@code redis://host:port}, or empty for none
 * @param timeout how long one request to it may take
 * @param keep how long a row stays there at most
 * @param connections at most
 */
@Context
@ConfigurationProperties("foldstream.cache.redis")
public record RedisSettings(
    @Bindable(defaultValue = "") String url,
    @Bindable(defaultValue = "100ms") Duration timeout,
    @Bindable(defaultValue = "1h") Duration keep,
    @Bindable(defaultValue = "16") int connections) {

  private static final int MOST_CONNECTIONS = 1000;
  private static final long LONGEST_TIMEOUT = Duration.ofSeconds(10).toMillis();
  private static final long LONGEST = Duration.ofDays(30).toMillis();

  public RedisSettings {
    String name = "foldstream.cache.redis.";
    if (!url.isEmpty() && !url.startsWith("rediss://")) {
      Check.startsWith(name + "url", url, "redis://");
    }
    Check.between(name + "timeout in ms", timeout.toMillis(), 1, LONGEST_TIMEOUT);
    Check.between(name + "keep in ms", keep.toMillis(), 1000, LONGEST);
    Check.between(name + "connections", connections, 1, MOST_CONNECTIONS);
  }

  boolean enabled() {
    return !url.isEmpty();
  }

  /** Without the password that may be part of the address. */
  @Override
  public String toString() {
    return enabled() ? "Redis, " + connections + " connections" : "no Redis";
  }
}
