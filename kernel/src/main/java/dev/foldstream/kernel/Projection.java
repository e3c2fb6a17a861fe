package dev.foldstream.kernel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into the rows of one read model.
 *
 * <ol>
 *   <li>It is pure: the same rows and events always give the same rows, so a view can be rebuilt
 *       and compared.
 *   <li>It sees the events of one partition in their order, each exactly once.
 *   <li>{@code keys} names every row an event touches; an event with no keys is filtered.
 *   <li>{@code apply} sees the row as the event before left it. A row that two aggregates feed can
 *       see their events in either order, because there is no order over partitions.
 * </ol>
 *
 * @param <E> the events it follows: an aggregate's events, or a sealed interface over those of
 *     several
 * @param <V> the row, a record
 */
public interface Projection<E, V> {

  /** The keys of the rows this event touches; the aggregate's id is the usual one. */
  Set<String> keys(RecordedEvent<? extends E> event);

  /**
   * The row after the event.
   *
   * @param row the row with this key, or null when there is none yet
   * @return the row as it is after the event, or null when there is to be none
   */
  @Nullable V apply(String key, @Nullable V row, RecordedEvent<? extends E> event);
}
