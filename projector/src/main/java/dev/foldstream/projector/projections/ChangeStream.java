package dev.foldstream.projector.projections;

import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;

/**
 * What one caller watches: each view as it is, and again whenever it has changed. A caller who
 * takes less than is told loses the stream, and gets everything anew when it asks again. Told by
 * one thread.
 */
final class ChangeStream {

  static final String EVENT = "projection";

  /** Events that wait for the caller. */
  static final int MAX_WAITING = 128;

  /** Well below the quarter of a minute after which proxies and callers lose patience. */
  static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final Duration RECONNECT = Duration.ofSeconds(2);

  private final @Nullable String only;
  private final Map<String, String> told = new HashMap<>();
  private final Sinks.Many<Event<String>> events =
      Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MAX_WAITING));
  private final Sinks.Empty<Event<String>> end = Sinks.empty();

  /**
   * @param only the address of the view to watch, or null for all
   */
  ChangeStream(@Nullable String only) {
    this.only = only;
  }

  /** Begins with a comment, so that the caller sees at once that it is connected. */
  Flux<Event<String>> flux() {
    Flux<Event<String>> beats =
        Flux.interval(HEARTBEAT).onBackpressureDrop().map(beat -> comment("still here"));
    return Flux.just(comment("connected").retry(RECONNECT))
        .concatWith(Flux.merge(1, events.asFlux(), beats))
        .takeUntilOther(end.asMono());
  }

  private static Event<String> comment(String text) {
    return Event.of("").comment(text);
  }

  /** False when the caller was too slow and has lost the stream. */
  boolean tell(Map<String, String> views) {
    for (var view : views.entrySet()) {
      boolean watched = only == null || only.equals(view.getKey());
      if (watched && !view.getValue().equals(told.put(view.getKey(), view.getValue()))) {
        EmitResult result = events.tryEmitNext(Event.of(view.getValue()).name(EVENT));
        if (result == EmitResult.FAIL_OVERFLOW) {
          end.tryEmitError(new SlowCallerException());
          return false;
        }
      }
    }
    return true;
  }

  /** The host ends. */
  void close() {
    end.tryEmitEmpty();
  }

  /** A caller did not take what it asked for. */
  static final class SlowCallerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SlowCallerException() {
      super(
          "the stream of changes was closed: %d events waited for a caller that did not take them"
              .formatted(MAX_WAITING));
    }
  }
}
