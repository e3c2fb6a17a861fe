package dev.foldstream.kernel;

import java.util.List;

/**
 * What a decider answers to one command.
 *
 * <p>Accepting with no events means that there was nothing left to do, which makes a repeated
 * command harmless.
 */
public sealed interface Decision<E> {

  record Accepted<E>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  record Rejected<E>(Rejection reason) implements Decision<E> {}

  @SafeVarargs
  static <E> Decision<E> accept(E... events) {
    return new Accepted<>(List.of(events));
  }

  static <E> Decision<E> nothingToDo() {
    return new Accepted<>(List.of());
  }

  static <E> Decision<E> reject(Rejection reason) {
    return new Rejected<>(reason);
  }
}
