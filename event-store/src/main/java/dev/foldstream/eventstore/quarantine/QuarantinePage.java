package dev.foldstream.eventstore.quarantine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the list, newest first.
 *
 * @param next where the next page begins, null at the end
 */
public record QuarantinePage(List<QuarantineEntry> entries, @Nullable Cursor next) {

  public QuarantinePage {
    entries = List.copyOf(entries);
  }

  /** The last entry of a page; the next one begins behind it. */
  public record Cursor(Instant setAsideAt, String id) {}

  /** Which entries; null stands for all. */
  public record Filter(
      @Nullable String domain, @Nullable String aggregate, @Nullable QuarantineState state) {

    boolean takes(QuarantineEntry entry) {
      return (domain == null || domain.equals(entry.domain()))
          && (aggregate == null || aggregate.equals(entry.aggregate()))
          && (state == null || state == entry.state());
    }
  }
}
