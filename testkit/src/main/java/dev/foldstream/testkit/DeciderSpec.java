package dev.foldstream.testkit;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.Rejection;
import java.time.Instant;
import java.util.List;

/**
 * Given events, when a command, then exactly these events, in this order. Immutable.
 *
 * <pre>{@code
 * order.given(PLACED).when(new ConfirmOrder()).then(CONFIRMED).andAgainNothing();
 * }</pre>
 */
public final class DeciderSpec<C, S, E> {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Decider<C, S, E> decider;
  private final CommandContext context;
  private final List<E> history;

  private DeciderSpec(Decider<C, S, E> decider, CommandContext context, List<E> history) {
    this.decider = decider;
    this.context = context;
    this.history = history;
  }

  public static <C, S, E> DeciderSpec<C, S, E> of(Decider<C, S, E> decider) {
    var metadata = new Metadata("spec-1", "spec-1", null, Metadata.ANONYMOUS);
    return new DeciderSpec<>(decider, new CommandContext("spec", NOON, metadata), List.of());
  }

  /** The id of the aggregate that is asked; {@code spec} until it is said. */
  public DeciderSpec<C, S, E> as(String id) {
    var named = new CommandContext(id, context.occurredAt(), context.metadata());
    return new DeciderSpec<>(decider, named, history);
  }

  /** When the command occurs. */
  public DeciderSpec<C, S, E> at(Instant time) {
    var timed = new CommandContext(context.aggregateId(), time, context.metadata());
    return new DeciderSpec<>(decider, timed, history);
  }

  /** What has happened before: these events and no others. */
  @SafeVarargs
  public final DeciderSpec<C, S, E> given(E... events) {
    return new DeciderSpec<>(decider, context, List.of(events));
  }

  public When when(C command) {
    return new When(command, decider.fold(decider.initial(), history));
  }

  /** A command and the state that it finds. */
  public final class When {
    private final C command;
    private final S before;

    private When(C command, S before) {
      this.command = command;
      this.before = before;
    }

    /** It is accepted with exactly these events, all components, in this order. */
    @SafeVarargs
    public final Accepted then(E... events) {
      expect(Decision.accept(events), before);
      S after = decider.fold(before, List.of(events));
      return () -> expect(Decision.nothingToDo(), after);
    }

    /** It is accepted, and nothing was left to do. */
    public void thenNothing() {
      expect(Decision.nothingToDo(), before);
    }

    public void thenRejected(Rejection reason) {
      expect(Decision.reject(reason), before);
    }

    private void expect(Decision<E> expected, S state) {
      var what = "the decision on " + command + " in " + state;
      Expect.equal(what, expected, decider.decide(command, state, context));
    }
  }

  /** What can be said of an accepted command. */
  public interface Accepted {

    /** The same command again is accepted without events. */
    void andAgainNothing();
  }
}
