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
import dev.foldstream.viewstore.Positions;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewPause;
import io.micrometer.core.instrument.Counter;
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
import org.jspecify.annotations.Nullable;

/**
 * Holds a query back until its view has come as far as the query's token.
 *
 * <ol>
 *   <li>A query without a token does not wait.
 *   <li>Parts of a token that name topics which do not feed the view are no concern of it.
 *   <li>A wait is as long as {@code Prefer: wait=} says, within the settings. When it ends too
 *       early the answer is the problem {@code view-behind} with what is missing, never an older
 *       row.
 *   <li>A view that has not come as far and is paused, and one that has set aside an event that the
 *       token names or the row waits for, is the problem {@code view-stalled} at once: waiting
 *       would not help.
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
  private final Counter stalled;
  private final Counter notApplicable;
  private final Delays delays;

  public TokenWaits(Tokens tokens, QuerySettings settings, Delays delays, MeterRegistry meters) {
    this.tokens = tokens;
    this.settings = settings;
    this.delays = delays;
    this.stalled = meters.counter("foldstream.queries.tokens", "outcome", "stalled");
    this.notApplicable = meters.counter("foldstream.queries.tokens", "outcome", "not-applicable");
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
    return await(view, address, store, asked, null);
  }

  /**
   * The positions of a view once it has come as far as was asked.
   *
   * @param key of the row that is asked for, or null for any
   */
  public Map<TopicPartitionName, Position> await(
      ViewDefinition view, String address, ViewAccess store, Asked asked, @Nullable String key) {
    if (asked.none()) {
      return store.reader().positions(view);
    }
    if (asked.token().sequences().keySet().stream()
        .noneMatch(it -> view.topics().contains(it.topic()))) {
      notApplicable.increment();
      return store.reader().positions(view);
    }
    var positions = reached(view, address, store, asked);
    refuseSetAside(address, store.reader().setAside(view, asked.token(), key));
    return positions;
  }

  private Map<TopicPartitionName, Position> reached(
      ViewDefinition view, String address, ViewAccess store, Asked asked) {
    var now = store.reader().positions(view);
    if (Positions.missing(asked.token(), now).isEmpty()) {
      reached.record(Duration.ZERO);
      return now;
    }
    store.reader().paused(view).ifPresent(pause -> refusePaused(address, pause));
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

  private void refusePaused(String address, ViewPause pause) {
    stalled.increment();
    throw new ProblemException(
            ProblemType.VIEW_STALLED,
            "The view '%s' has not come as far as the token and stands still: it is paused by %s since %s. Resume it, or ask without a token for the row as it is."
                .formatted(address, pause.principal(), pause.since()))
        .member("reason", "paused")
        .member("since", pause.since().toString());
  }

  private void refuseSetAside(String address, List<QuarantineEntry> concerned) {
    if (!concerned.isEmpty()) {
      stalled.increment();
      throw new ProblemException(
              ProblemType.VIEW_STALLED,
              "The view '%s' has set aside events up to the token, so its rows are older than the token. Have them tried again (GET /projections/{view}/quarantine of the projector), or ask without a token for the rows as they are."
                  .formatted(address))
          .member("reason", "quarantined")
          .member("quarantined", concerned.stream().map(QuarantineEntry::id).toList());
    }
  }

  private Map<TopicPartitionName, Position> positions(
      String address, Asked asked, Progress progress) {
    return switch (progress) {
      case Progress.Reached found -> found.positions();
      case Progress.Behind late -> throw late(address, asked, late);
    };
  }

  private ProblemException late(String address, Asked asked, Progress.Behind progress) {
    SortedMap<TopicPartitionName, Long> missing = progress.missing();
    ProblemException problem = viewBehind(address, asked, progress);
    delays
        .seconds(progress.positions(), missing.keySet())
        .ifPresent(seconds -> problem.member("behindSeconds", seconds));
    return problem;
  }

  private static ProblemException viewBehind(
      String address, Asked asked, Progress.Behind progress) {
    return new ProblemException(
            ProblemType.VIEW_BEHIND,
            "The view '%s' lacks %d events of the token after a wait of %s s. Ask again with the same token, or without one for the row as it is."
                .formatted(address, progress.missingEvents(), seconds(asked.patience())))
        .member("missingEvents", progress.missingEvents())
        .member("behind", progress.missing().entrySet().stream().map(TokenWaits::behind).toList())
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
