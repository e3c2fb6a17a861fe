package dev.foldstream.viewstore;

import java.util.List;

/**
 * What a batch changes in the quarantine, together with its positions.
 *
 * @param written put in, or over the entry with the same id
 * @param removed ids of entries that their rows took
 */
public record QuarantineChange(List<QuarantineEntry> written, List<String> removed) {

  public static final QuarantineChange NONE = new QuarantineChange(List.of(), List.of());

  public QuarantineChange {
    written = List.copyOf(written);
    removed = List.copyOf(removed);
  }

  public boolean isEmpty() {
    return written.isEmpty() && removed.isEmpty();
  }
}
