package dev.foldstream.viewstore.changes;

import dev.foldstream.viewstore.ViewDefinition;

/**
 * Tells what changes in views. Thread-safe.
 *
 * <ol>
 *   <li>However many follow a view, its changes are read once for all of them, when the projector
 *       says that the view moved, and in any case every half second.
 *   <li>A follower is told where the view is at first, with changes that are unknown, and then of
 *       every change, in order. It is called by one thread at a time, and must not block it.
 *   <li>After a gap it is told once that the changes are unknown.
 *   <li>A store that does not answer makes it late; {@link Followed#ageNanos} says how late.
 * </ol>
 */
public interface ChangeFeed {

  Followed follow(ViewDefinition view, Listener listener);

  /** Hears of changes. */
  @FunctionalInterface
  interface Listener {
    void changed(Changes changes);
  }

  /** A view that is followed, until it is closed. */
  interface Followed extends AutoCloseable {

    /** How long ago the last look at the store began that was answered; never is very long. */
    long ageNanos();

    @Override
    void close();
  }
}
