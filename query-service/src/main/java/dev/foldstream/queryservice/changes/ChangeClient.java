package dev.foldstream.queryservice.changes;

import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.changes.ChangeCursor;
import io.micronaut.http.sse.Event;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * One caller that listens. What it does not take in time waits in a queue of its own; when that is
 * full the stream ends, after what is queued, and the caller may come again with the id of the last
 * event it got.
 */
final class ChangeClient {

  private final Sinks.Many<Event<String>> sink;
  private final WantedRows wanted;
  private boolean ended;
  private boolean tooSlow;
  private @Nullable ChangeCursor heard;

  ChangeClient(int queue, WantedRows wanted) {
    this.sink = Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(queue));
    this.wanted = wanted;
  }

  Flux<Event<String>> events() {
    return sink.asFlux();
  }

  /** Tells where the stream begins; until then nothing is told. */
  synchronized boolean begin(ChangeCursor now) {
    heard = now;
    return send(ChangeEvents.open(now));
  }

  /** Tells what it missed, up to where the stream begins. */
  synchronized boolean replay(
      ChangeCursor now, Collection<String> keys, Map<String, ViewRow> rows) {
    heard = now;
    return send(ChangeEvents.open(null)) && changes(now, keys, rows);
  }

  /** Tells that nobody knows what it missed. */
  synchronized boolean reset(ChangeCursor now) {
    heard = now;
    return send(ChangeEvents.reset(now));
  }

  /** Whether it is still there. */
  synchronized boolean tell(ChangeCursor now, Collection<String> keys, Map<String, ViewRow> rows) {
    return isNews(now) ? changes(now, keys, rows) : !ended;
  }

  /** There is a gap in what is told to all. */
  synchronized boolean gap(ChangeCursor now) {
    return isNews(now) ? reset(now) : !ended;
  }

  /** Where its stream begins is read after it was added, so what comes before is told by that. */
  private boolean isNews(ChangeCursor now) {
    return heard != null && !heard.covers(now);
  }

  private boolean changes(ChangeCursor now, Collection<String> keys, Map<String, ViewRow> rows) {
    List<String> told =
        keys.stream().filter(key -> wanted.test(key, rows.get(key))).sorted().toList();
    for (int i = 0; i < told.size(); i++) {
      String key = told.get(i);
      boolean last = i == told.size() - 1;
      if (!send(ChangeEvents.change(key, rows.get(key), last ? now : null))) {
        return false;
      }
    }
    return !ended;
  }

  synchronized boolean heartbeat() {
    return heard == null ? !ended : send(ChangeEvents.heartbeat());
  }

  private boolean send(Event<String> event) {
    if (!ended) {
      var result = sink.tryEmitNext(event);
      tooSlow = result == Sinks.EmitResult.FAIL_OVERFLOW;
      if (result.isFailure()) {
        end();
      }
    }
    return !ended;
  }

  /** Whether it ended because its queue was full. */
  synchronized boolean isTooSlow() {
    return tooSlow;
  }

  synchronized void end() {
    if (!ended) {
      ended = true;
      sink.tryEmitComplete();
    }
  }
}
