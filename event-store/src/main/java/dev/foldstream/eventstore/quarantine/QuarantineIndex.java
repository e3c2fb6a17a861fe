package dev.foldstream.eventstore.quarantine;

import dev.foldstream.eventstore.quarantine.QuarantinePage.Cursor;
import dev.foldstream.eventstore.quarantine.QuarantinePage.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The quarantined commands of all aggregate types, as far as there is room.
 *
 * <ol>
 *   <li>Records may come in any order and more than once; what is known in the end is the same.
 *   <li>It keeps at most a given number of entries. Beyond it the oldest that is settled goes, and
 *       if none is settled the oldest of all; {@link #forgotten} counts them. The topics keep all.
 *   <li>For all threads.
 * </ol>
 */
public final class QuarantineIndex {

  private static final Comparator<Cursor> NEWEST_FIRST =
      Comparator.comparing(Cursor::setAsideAt).thenComparing(Cursor::id).reversed();

  private final int maxEntries;
  private final Map<String, QuarantineCase> cases = new HashMap<>();
  private final Map<String, QuarantineEntry> entries = new HashMap<>();
  private final NavigableSet<Cursor> order = new TreeSet<>(NEWEST_FIRST);
  private final NavigableSet<Cursor> settled = new TreeSet<>(NEWEST_FIRST);
  private final Map<String, Integer> open = new HashMap<>();
  private long forgotten;

  public QuarantineIndex(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /**
   * Takes in a command that was set aside.
   *
   * @param partition of the quarantine topic
   */
  public synchronized void add(
      String domain, String aggregate, int partition, QuarantinedCommand command) {
    String id =
        command.retryOf() == null
            ? QuarantineId.of(domain, aggregate, command.partition(), command.offset())
            : command.retryOf();
    QuarantineCase known = known(id, domain, aggregate);
    known.add(command, partition);
    show(id, known.entry());
  }

  public synchronized void add(String domain, String aggregate, QuarantineResolution resolution) {
    QuarantineCase known = known(resolution.id(), domain, aggregate);
    known.add(resolution);
    show(resolution.id(), known.entry());
  }

  public synchronized Optional<QuarantineEntry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** A page, newest first, beginning behind the cursor. */
  public synchronized QuarantinePage page(Filter filter, @Nullable Cursor after, int limit) {
    var found = new ArrayList<QuarantineEntry>(limit);
    for (Cursor place : after == null ? order : order.tailSet(after, false)) {
      QuarantineEntry entry = entries.get(place.id());
      if (entry != null && filter.takes(entry)) {
        if (found.size() == limit) {
          return new QuarantinePage(found, cursor(found.getLast()));
        }
        found.add(entry);
      }
    }
    return new QuarantinePage(found, null);
  }

  /** How many nobody did anything about. */
  public synchronized int open(String domain, String aggregate) {
    return open.getOrDefault(domain + "." + aggregate, 0);
  }

  /** How many did not find room. */
  public synchronized long forgotten() {
    return forgotten;
  }

  private QuarantineCase known(String id, String domain, String aggregate) {
    return cases.computeIfAbsent(id, absent -> new QuarantineCase(id, domain, aggregate));
  }

  private void show(String id, @Nullable QuarantineEntry entry) {
    remove(id);
    if (entry != null) {
      entries.put(id, entry);
      order.add(cursor(entry));
      if (entry.state() == QuarantineState.OPEN) {
        open.merge(entry.domain() + "." + entry.aggregate(), 1, Integer::sum);
      } else {
        settled.add(cursor(entry));
      }
    }
    // A resolution whose command never comes counts as well.
    while (cases.size() > maxEntries) {
      forgetOne(id);
    }
  }

  private void forgetOne(String unlessOther) {
    Cursor oldest = settled.isEmpty() ? order.pollLast() : settled.last();
    String id = oldest == null ? unlessOther : oldest.id();
    remove(id);
    cases.remove(id);
    forgotten++;
  }

  private void remove(String id) {
    QuarantineEntry before = entries.remove(id);
    if (before != null) {
      order.remove(cursor(before));
      settled.remove(cursor(before));
      if (before.state() == QuarantineState.OPEN) {
        open.merge(before.domain() + "." + before.aggregate(), -1, Integer::sum);
      }
    }
  }

  private static Cursor cursor(QuarantineEntry entry) {
    return new Cursor(entry.setAsideAt(), entry.id());
  }
}
