package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.decision.AggregateEntry.PageRange;
import dev.foldstream.eventstore.outcomes.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the outcome of every command for a time, so that a repeat gets it again.
 *
 * <p>The last {@value #MAX_RECENT} stand in the aggregate's entry, which is read anyway. When one
 * more comes, those that are younger than the window go to a page of {@link RememberedPages}. Each
 * command also removes some that are too old, so the pages never outgrow the commands of one window
 * for long.
 */
final class Memory {

  static final int MAX_RECENT = RememberedPages.PAGE;

  private final RememberedPages pages;
  private final OutcomeBytes outcomes;
  private final int partition;
  private final long windowMillis;

  Memory(DecisionStore store, OutcomeBytes outcomes, int partition, Duration window) {
    this.pages = new RememberedPages(store);
    this.outcomes = outcomes;
    this.partition = partition;
    this.windowMillis = window.toMillis();
  }

  /** An entry that remembers one more, and what it has no place for any longer. */
  record Remembering<S>(AggregateEntry<S> entry, List<Remembered> pushedOut) {}

  @Nullable Outcome find(byte[] aggregateId, AggregateEntry<?> entry, String commandId) {
    byte[] id = Remembered.id(commandId);
    Remembered found = entry.recent().find(id);
    if (found == null && !entry.pages().empty()) {
      found = pages.find(aggregateId, entry.pages(), id);
    }
    return found == null ? null : outcomes.decode(commandId, partition, found.outcome());
  }

  /** Writes nothing. */
  <S> Remembering<S> remember(
      byte[] aggregateId, AggregateEntry<S> entry, Outcome outcome, long atMillis) {
    var latest =
        new Remembered(Remembered.id(outcome.commandId()), atMillis, outcomes.encode(outcome));
    RememberedRow row = entry.recent().with(latest);
    if (row.size() <= MAX_RECENT) {
      return new Remembering<>(entry.remembering(row, entry.pages()), List.of());
    }
    List<Remembered> pushedOut =
        row.all().subList(0, MAX_RECENT).stream()
            .filter(earlier -> earlier.atMillis() > atMillis - windowMillis)
            .toList();
    PageRange range = pages.withoutForgotten(aggregateId, entry.pages());
    if (!pushedOut.isEmpty()) {
      range = new PageRange(range.first(), range.next() + 1);
    }
    return new Remembering<>(entry.remembering(RememberedRow.EMPTY.with(latest), range), pushedOut);
  }

  void keep(byte[] aggregateId, Remembering<?> remembering, long nowMillis) {
    if (!remembering.pushedOut().isEmpty()) {
      long number = remembering.entry().pages().next() - 1;
      pages.put(aggregateId, number, remembering.pushedOut());
    }
    pages.forget(nowMillis - windowMillis);
  }
}
