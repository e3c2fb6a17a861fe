package dev.foldstream.queryservice.waits;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.host.requests.Preferences;
import dev.foldstream.host.requests.Tokens;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ViewAccess;
import dev.foldstream.viewstore.PositionWatch.Progress;
import dev.foldstream.viewstore.ViewDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * Holds a query back until its view has come as far as the query's token.
 *
 * <ol>
 *   <li>A query without a token does not wait.
 *   <li>Parts of a token that name topics which do not feed the view are no concern of it.
 *   <li>A wait is as long as {@code Prefer: wait=} says, within the settings. When it ends too
 *       early the answer is the problem {@code view-behind} with what is missing, never an older
 *       row.
 *   <li>More waits than the settings allow are refused at once.
 * </ol>
 */
@Singleton
public final class TokenWaits {

  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Tokens tokens;
  private final QuerySettings settings;
  private final Semaphore permits;
  private final Timer reached;
  private final Timer behind;

  public TokenWaits(Tokens tokens, QuerySettings settings, MeterRegistry meters) {
    this.tokens = tokens;
    this.settings = settings;
    this.permits = new Semaphore(settings.maxWaits());
    this.reached = meters.timer("foldstream.queries.waits", "outcome", "reached");
    this.behind = meters.timer("foldstream.queries.waits", "outcome", "behind");
    meters.gauge("foldstream.queries.waiting", this, TokenWaits::waiting);
  }

  private double waiting() {
    return (double) settings.maxWaits() - permits.availablePermits();
  }

  /** What the request asks to have been seen. */
  public Asked asked(HttpRequest<?> request) {
    List<String> texts = request.getHeaders().getAll(FoldstreamHeaders.TOKEN);
    var preferences = Preferences.read(request.getHeaders().getAll(FoldstreamHeaders.PREFER));
    return new Asked(
        tokens.read(texts), preferences.patience(settings.defaultWait(), settings.maxWait()));
  }

  /**
   * A token, and how long to wait for it.
   *
   * @param token empty when the request carries none
   */
  public record Asked(Token token, Duration patience) {
    public boolean none() {
      return token.sequences().isEmpty();
    }

    /** What of it names this topic. */
    public Asked about(String topic) {
      var sequences = new TreeMap<>(token.sequences());
      sequences.keySet().removeIf(partition -> !partition.topic().equals(topic));
      return new Asked(new Token(sequences), patience);
    }
  }

  /** The positions of the view once it has come as far as was asked. */
  public Map<TopicPartitionName, Position> await(ServedView view, ViewAccess store, Asked asked) {
    return await(view.definition(), view.address(), store, asked);
  }

  /** The positions of a view that callers know by this address. */
  public Map<TopicPartitionName, Position> await(
      ViewDefinition view, String address, ViewAccess store, Asked asked) {
    if (asked.none()) {
      return store.reader().positions(view);
    }
    if (!permits.tryAcquire()) {
      throw new ProblemException(
              ProblemType.TOO_MANY_WAITS,
              "At most %d queries wait at the same time, and as many do. Ask again later, or without a token for the row as it is."
                  .formatted(settings.maxWaits()))
          .retryAfter(TRY_AGAIN);
    }
    try {
      return positions(address, asked, progress(view, store, asked));
    } finally {
      permits.release();
    }
  }

  private Progress progress(ViewDefinition view, ViewAccess store, Asked asked) {
    long start = System.nanoTime();
    try {
      Progress progress = store.watch().await(view, asked.token(), asked.patience());
      Timer timer = progress instanceof Progress.Reached ? reached : behind;
      timer.record(Duration.ofNanos(System.nanoTime() - start));
      return progress;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
              ProblemType.TOO_BUSY, "This instance is stopping; ask again, another one answers.")
          .retryAfter(TRY_AGAIN);
    }
  }

  private static Map<TopicPartitionName, Position> positions(
      String address, Asked asked, Progress progress) {
    return switch (progress) {
      case Progress.Reached found -> found.positions();
      case Progress.Behind late -> throw viewBehind(address, asked, late);
    };
  }

  private static ProblemException viewBehind(
      String address, Asked asked, Progress.Behind progress) {
    SortedMap<TopicPartitionName, Long> missing = progress.missing();
    return new ProblemException(
            ProblemType.VIEW_BEHIND,
            "The view '%s' lacks %d events of the token after a wait of %s s. Ask again with the same token, or without one for the row as it is."
                .formatted(address, progress.missingEvents(), seconds(asked.patience())))
        .member("missingEvents", progress.missingEvents())
        .member("behind", missing.entrySet().stream().map(TokenWaits::behind).toList())
        .retryAfter(TRY_AGAIN);
  }

  private static Map<String, Object> behind(Map.Entry<TopicPartitionName, Long> part) {
    return Map.of(
        "topic", part.getKey().topic(),
        "partition", part.getKey().partition(),
        "missingEvents", part.getValue());
  }

  private static String seconds(Duration duration) {
    return java.math.BigDecimal.valueOf(duration.toMillis(), 3)
        .stripTrailingZeros()
        .toPlainString();
  }
}
