package dev.foldstream.eventstore.outcomes;

import dev.foldstream.kernel.StreamName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Those who wait, by aggregate and id: several may wait for one command sent twice. */
final class ExpectedOutcomes {

  private record Asked(StreamName stream, String answerId) {}

  private final int maxWaiting;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<Asked, List<ExpectedOutcome>> byAsked = new ConcurrentHashMap<>();

  ExpectedOutcomes(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  int size() {
    return waiting.get();
  }

  ExpectedOutcome expect(StreamName stream, String answerId) {
    if (waiting.incrementAndGet() > maxWaiting) {
      waiting.decrementAndGet();
      throw new TooManyWaitingException(maxWaiting);
    }
    var asked = new Asked(stream, answerId);
    var expected = new ExpectedOutcome(closed -> forget(asked, closed));
    byAsked.compute(
        asked,
        (key, others) -> {
          List<ExpectedOutcome> all = others == null ? new CopyOnWriteArrayList<>() : others;
          all.add(expected);
          return all;
        });
    return expected;
  }

  void complete(StreamName stream, String answerId, Supplier<Outcome> decoded) {
    var asked = new Asked(stream, answerId);
    List<ExpectedOutcome> waitingForIt = byAsked.get(asked);
    if (waitingForIt == null) {
      return;
    }
    try {
      Outcome outcome = decoded.get();
      waitingForIt.forEach(expected -> expected.outcome().complete(outcome));
    } catch (RuntimeException unreadable) {
      waitingForIt.forEach(expected -> expected.outcome().completeExceptionally(unreadable));
    }
  }

  private void forget(Asked asked, ExpectedOutcome closed) {
    byAsked.computeIfPresent(
        asked,
        (key, all) -> {
          if (all.remove(closed)) {
            waiting.decrementAndGet();
          }
          return all.isEmpty() ? null : all;
        });
  }
}
