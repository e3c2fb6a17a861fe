package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.decision.AggregateEntry.PageRange;
import dev.foldstream.eventstore.outcomes.QuarantineCause;
import dev.foldstream.eventstore.topics.RecordLimits;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Feature;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the decider, and holds it to its contract. Pure: reads and writes nothing. */
final class AggregateDecider<C, S, E> {

  private final Feature.Aggregate<C, S, E> aggregate;

  AggregateDecider(Feature.Aggregate<C, S, E> aggregate) {
    this.aggregate = aggregate;
  }

  /** What is to happen. */
  sealed interface Verdict<S> {
    record Append<S>(List<?> events, S state) implements Verdict<S> {}

    record Refuse<S>(String rejection) implements Verdict<S> {}

    record Stale<S>(long expected, long found) implements Verdict<S> {}
  }

  AggregateEntry<S> fresh() throws PoisonCommandException {
    try {
      S initial = Objects.requireNonNull(aggregate.decider().initial(), "the initial state");
      return new AggregateEntry<>(0, 0, RememberedRow.EMPTY, PageRange.NONE, initial);
    } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
      throw failed("the initial state", thrown);
    }
  }

  Verdict<S> decide(
      AggregateEntry<S> entry, Object command, CommandContext context, @Nullable Long expected)
      throws PoisonCommandException {
    C asked = command(command);
    if (expected != null && expected != entry.version()) {
      return new Verdict.Stale<>(expected, entry.version());
    }
    try {
      return switch (decision(asked, entry.state(), context)) {
        case Decision.Rejected<E>(var reason) -> new Verdict.Refuse<>(reason.name());
        case Decision.Accepted<E>(var events) -> append(entry.state(), events);
      };
    } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
      throw failed("a decision on " + command.getClass().getSimpleName(), thrown);
    }
  }

  /** The state after one event of the log. */
  S evolve(S state, Object event) {
    return aggregate.decider().evolve(state, aggregate.events().cast(event));
  }

  private Decision<E> decision(C command, S state, CommandContext context) {
    return Objects.requireNonNull(
        aggregate.decider().decide(command, state, context), "the decision");
  }

  private Verdict<S> append(S state, List<E> events) throws PoisonCommandException {
    if (events.size() > RecordLimits.MAX_EVENTS_PER_COMMAND) {
      throw new PoisonCommandException(
          QuarantineCause.ANSWER_TOO_LARGE,
          "a command may lead to at most %d events; found %d"
              .formatted(RecordLimits.MAX_EVENTS_PER_COMMAND, events.size()));
    }
    for (Object event : events) {
      if (!aggregate.events().isInstance(event)) {
        throw new PoisonCommandException(
            QuarantineCause.DECIDER_FAILED,
            "wanted events of %s; found %s"
                .formatted(aggregate.events().getName(), event.getClass().getName()));
      }
    }
    S after = aggregate.decider().fold(state, events);
    return new Verdict.Append<>(events, Objects.requireNonNull(after, "the state after"));
  }

  private C command(Object command) throws PoisonCommandException {
    if (!aggregate.commands().isInstance(command)) {
      throw new PoisonCommandException(
          QuarantineCause.UNKNOWN_TYPE,
          "wanted a command of %s; found %s"
              .formatted(aggregate.commands().getName(), command.getClass().getName()));
    }
    return aggregate.commands().cast(command);
  }

  private static PoisonCommandException failed(String wanted, Throwable thrown) {
    return PoisonCommandException.thrown(
        QuarantineCause.DECIDER_FAILED, "wanted " + wanted, thrown);
  }
}
