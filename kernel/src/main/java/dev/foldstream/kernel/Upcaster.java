package dev.foldstream.kernel;

import java.util.function.Function;

/**
 * Turns the form in which an event was once stored into today's event, where no default and no
 * alias of a schema can.
 *
 * <ol>
 *   <li>It is pure, and accepts whatever was stored in the old form.
 *   <li>The old record keeps its name and its schema file, and is none of the events any more: no
 *       decider, projection or process sees it.
 *   <li>It is applied wherever a stored event is read: when a state is folded, for views, for
 *       processes. What is stored does not change, nor do version, sequence and id.
 *   <li>It gives today's event at once, never another old form.
 * </ol>
 *
 * @param old the record of the old form
 * @param <E> the events of today
 */
public record Upcaster<E>(Class<? extends Record> old, Function<Record, E> toEvent) {

  public static <O extends Record, E> Upcaster<E> of(
      Class<O> old, Function<O, ? extends E> toEvent) {
    return new Upcaster<>(old, stored -> toEvent.apply(old.cast(stored)));
  }
}
