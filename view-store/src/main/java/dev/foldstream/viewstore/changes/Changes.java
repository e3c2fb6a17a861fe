package dev.foldstream.viewstore.changes;

import java.util.Set;

/**
 * What was heard of a view since a cursor.
 *
 * @param now where the view is; whatever was read after it holds at least as much
 * @param keys of the rows that may have changed, each once
 * @param known false when there is a gap: then any row may have changed, and {@code keys} is empty
 * @param setAside whether any event waits in the quarantine, so that rows may be older than {@code
 *     now}
 */
public record Changes(ChangeCursor now, Set<String> keys, boolean known, boolean setAside) {

  public Changes {
    keys = Set.copyOf(keys);
  }

  /** Changes of a view in which nothing is set aside. */
  public Changes(ChangeCursor now, Set<String> keys, boolean known) {
    this(now, keys, known, false);
  }

  /** Only where the view is, when nothing is set aside. */
  public static Changes unknown(ChangeCursor now) {
    return new Changes(now, Set.of(), false);
  }

  /** The same place, and any row may have changed. */
  public Changes unknown() {
    return new Changes(now, Set.of(), false, setAside);
  }
}
