package dev.foldstream.queryservice.caching;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The rows that are kept in the process.
 *
 * @param rows of each view in PostgreSQL at most; 0 keeps none
 * @param maxAge how long ago the changes of the view may have been read last for a row to be
 *     answered from here
 */
@Context
@ConfigurationProperties("foldstream.cache")
public record CacheSettings(
    @Bindable(defaultValue = "10000") int rows, @Bindable(defaultValue = "2s") Duration maxAge) {

  private static final int MOST_ROWS = 10_000_000;
  private static final long LEAST_MILLIS = 600;
  private static final long MOST_MILLIS = Duration.ofMinutes(1).toMillis();

  public CacheSettings {
    Check.between("foldstream.cache.rows", rows, 0, MOST_ROWS);
    Check.between("foldstream.cache.max-age in ms", maxAge.toMillis(), LEAST_MILLIS, MOST_MILLIS);
  }
}
