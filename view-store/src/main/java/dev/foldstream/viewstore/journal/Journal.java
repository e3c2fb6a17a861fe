package dev.foldstream.viewstore.journal;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.viewstore.ViewDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The journal as a view over all events topics: it is kept, counted, paused and waited for like any
 * other, and each event is a row of its own that never changes.
 */
public final class Journal {

  /** In the place of a domain. This is the stored form. */
  public static final String DOMAIN = "foldstream";

  /** This is the stored form. */
  public static final String NAME = "journal";

  private static final Feature.View<JournalEntry, JournalEntry> VIEW =
      Feature.View.of(NAME, JournalEntry.class, JournalEntry.class, new OneRowEach());

  private Journal() {}

  /**
   * The same for the same topics.
   *
   * @param partitions of each topic
   */
  public static ViewDefinition over(Collection<String> topics, int partitions) {
    return new ViewDefinition(DOMAIN, VIEW, List.copyOf(topics), partitions);
  }

  private static final class OneRowEach implements Projection<JournalEntry, JournalEntry> {

    @Override
    public Set<String> keys(RecordedEvent<? extends JournalEntry> event) {
      JournalEntry entry = event.event();
      return Set.of(entry.topic() + "/" + entry.id() + "/" + entry.version());
    }

    @Override
    public JournalEntry apply(
        String key, @Nullable JournalEntry row, RecordedEvent<? extends JournalEntry> event) {
      if (row != null) {
        throw new IllegalStateException(
            "version %d of %s is in the log twice, at the sequences %d and %d"
                .formatted(
                    row.version(), event.stream(), row.sequence(), event.place().sequence()));
      }
      return event.event();
    }
  }
}
