package dev.foldstream.projector.projection;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.journal.Journal;
import java.util.Locale;

/**
 * One view in one store: what one worker keeps.
 *
 * @param address how callers name the view
 */
public record ProjectionTarget(
    String address, ViewDefinition view, ViewStoreKind kind, ViewStore store) {

  /** {@code postgresql} or {@code elasticsearch}. */
  public String storeName() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is the journal, which keeps events as they lie in the log. */
  public boolean isJournal() {
    return view.domain().equals(Journal.DOMAIN) && view.name().equals(Journal.NAME);
  }

  /** The consumer group whose members share the view's partitions. This is the stored form. */
  public String groupId() {
    return "foldstream-projector-%s-%s-%s".formatted(view.domain(), view.name(), storeName());
  }

  @Override
  public String toString() {
    return view.path() + " in " + storeName();
  }
}
