package dev.foldstream.queryservice.caching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.Token;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.rows.RowJson;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Rows that several instances keep together in a Redis.
 *
 * <p>Each carries the place that the view had at least reached when it was read. Whoever finds it
 * decides by the changes that it heard itself whether any of them may have touched the row behind
 * that place; so nobody has to remove anything in time, and one who is late with writing does no
 * harm. A Redis that does not answer is left alone for {@link #REST}.
 */
@Singleton
final class RedisRows {

  private static final Logger LOG = LoggerFactory.getLogger(RedisRows.class);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final String PLACE = "place";
  private static final String REVISION = "revision";
  private static final String ROW = "row";

  private final RedisSettings settings;
  private final MeterRegistry meters;
  private final AtomicLong notBefore = new AtomicLong(System.nanoTime());
  private final @Nullable JedisPooled redis;

  RedisRows(RedisSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
    this.redis = settings.enabled() ? connect(settings) : null;
  }

  private static JedisPooled connect(RedisSettings settings) {
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(settings.connections());
    pool.setMaxIdle(settings.connections());
    pool.setMaxWait(settings.timeout());
    return new JedisPooled(
        pool, URI.create(settings.url()), Math.toIntExact(settings.timeout().toMillis()));
  }

  /** A row, or that there is none. */
  record Shared(Optional<ViewRow> row) {}

  /**
   * The row with this key, or null when it is not there or not as it has to be.
   *
   * @param version of the view that is live
   * @param upToDate whether a row that was read at this place is still the same
   */
  @Nullable Shared find(ServedView view, int version, String key, Predicate<Token> upToDate) {
    if (!mayAsk() || redis == null) {
      return null;
    }
    try {
      String text = redis.get(name(view, version, key));
      Shared found = text == null ? null : read(view, key, text, upToDate);
      count(text == null ? "miss" : found == null ? "void" : "hit");
      return found;
    } catch (JedisException away) {
      rest(away);
      return null;
    }
  }

  private boolean mayAsk() {
    return redis != null && System.nanoTime() - notBefore.get() >= 0;
  }

  private void rest(JedisException away) {
    count("failed");
    notBefore.set(System.nanoTime() + REST.toNanos());
    LOG.warn("Redis does not answer, rows are read without it: {}", away.getMessage());
  }

  private void count(String outcome) {
    meters.counter("foldstream.cache.redis", "outcome", outcome).increment();
  }

  /** The name of a row; another declaration of the view has others. */
  private static String name(ServedView view, int version, String key) {
    int shape = view.shape().columns().hashCode();
    return "foldstream:%s:%d:%d:%x:%s"
        .formatted(
            view.definition().path(), version, view.definition().feature().version(), shape, key);
  }

  private static @Nullable Shared read(
      ServedView view, String key, String text, Predicate<Token> upToDate) {
    try {
      JsonNode kept = RowJson.tree(text);
      Optional<Token> place = Token.parse(kept.path(PLACE).asText());
      if (place.isEmpty() || !upToDate.test(place.get())) {
        return null;
      }
      JsonNode row = kept.path(ROW);
      return row.isObject()
          ? new Shared(
              Optional.of(
                  new ViewRow(
                      key, kept.path(REVISION).asLong(), new RowJson(view.shape()).read(row))))
          : new Shared(Optional.empty());
    } catch (RuntimeException notOurs) {
      LOG.debug("What Redis has of '{}' is no row of {}", key, view.address(), notOurs);
      return null;
    }
  }

  /**
   * Keeps a row for all.
   *
   * @param place what the view had at least reached before the row was read
   */
  void put(ServedView view, int version, String key, Optional<ViewRow> row, Token place) {
    if (!mayAsk() || redis == null) {
      return;
    }
    ObjectNode kept = RowJson.object();
    kept.put(PLACE, place.text());
    row.ifPresent(
        found -> {
          kept.put(REVISION, found.revision());
          new RowJson(view.shape()).write(found.row(), kept.putObject(ROW));
        });
    try {
      redis.set(
          name(view, version, key),
          kept.toString(),
          SetParams.setParams().px(settings.keep().toMillis()));
    } catch (JedisException away) {
      rest(away);
    }
  }

  @PreDestroy
  void close() {
    if (redis != null) {
      redis.close();
    }
  }
}
