package dev.foldstream.viewstore.memory;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.LedgerCounts;
import dev.foldstream.viewstore.PartitionLedger;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineRequest;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewControl;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewPause;
import dev.foldstream.viewstore.ViewVersion;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ledger, quarantine and pauses in memory. */
final class InMemoryViewOperations implements ViewOperations {

  private static final Comparator<QuarantineEntry> IN_ORDER =
      Comparator.comparing(QuarantineEntry::partition)
          .thenComparingLong(QuarantineEntry::sequence)
          .thenComparing(QuarantineEntry::id);

  private final Map<ViewVersion, Map<String, QuarantineEntry>> entries = new HashMap<>();
  private final Map<ViewVersion, Map<TopicPartitionName, PartitionLedger>> ledgers =
      new HashMap<>();
  private final Map<String, ViewPause> pauses = new HashMap<>();

  synchronized void commit(ViewBatch batch) {
    var ledger = ledgers.computeIfAbsent(batch.version(), v -> new TreeMap<>());
    batch
        .moves()
        .forEach(
            move -> {
              LedgerCounts before =
                  ledger.getOrDefault(move.partition(), PartitionLedger.START).counts();
              ledger.put(
                  move.partition(),
                  new PartitionLedger(move.next().sequence(), before.plus(move.counts())));
            });
    batch.quarantine().written().forEach(e -> of(batch.version()).put(e.id(), e));
    batch.quarantine().removed().forEach(of(batch.version())::remove);
  }

  private Map<String, QuarantineEntry> of(ViewVersion version) {
    return entries.computeIfAbsent(version, v -> new HashMap<>());
  }

  private Stream<QuarantineEntry> open(ViewVersion version) {
    return of(version).values().stream()
        .filter(entry -> entry.kind() != QuarantineEntry.Kind.DISCARDED)
        .sorted(IN_ORDER);
  }

  @Override
  public synchronized Map<TopicPartitionName, PartitionLedger> ledger(ViewVersion version) {
    var all = new TreeMap<TopicPartitionName, PartitionLedger>();
    version.view().start().keySet().forEach(p -> all.put(p, PartitionLedger.START));
    all.putAll(ledgers.getOrDefault(version, Map.of()));
    return all;
  }

  @Override
  public synchronized List<QuarantineEntry> open(
      ViewVersion version, TopicPartitionName partition) {
    return open(version).filter(entry -> entry.partition().equals(partition)).toList();
  }

  @Override
  public synchronized List<QuarantineEntry> page(
      ViewVersion version, int limit, QuarantineEntry.@Nullable Boundary after) {
    return of(version).values().stream()
        .sorted(IN_ORDER)
        .filter(entry -> after == null || isBehind(entry, after))
        .limit(limit)
        .toList();
  }

  private static boolean isBehind(QuarantineEntry entry, QuarantineEntry.Boundary after) {
    int places =
        entry.partition().compareTo(new TopicPartitionName(after.topic(), after.partition()));
    if (places == 0) {
      places = Long.compare(entry.sequence(), after.sequence());
    }
    return places == 0 ? entry.id().compareTo(after.id()) > 0 : places > 0;
  }

  @Override
  public synchronized Optional<QuarantineEntry> entry(ViewVersion version, String id) {
    return Optional.ofNullable(of(version).get(id));
  }

  @Override
  public synchronized boolean request(ViewVersion version, String id, QuarantineRequest request) {
    QuarantineEntry entry = of(version).get(id);
    if (entry == null || entry.kind() == QuarantineEntry.Kind.DISCARDED) {
      return false;
    }
    of(version).put(id, entry.asked(request));
    return true;
  }

  @Override
  public synchronized void pause(ViewDefinition view, ViewPause pause) {
    pauses.putIfAbsent(view.path(), pause);
  }

  @Override
  public synchronized void resume(ViewDefinition view) {
    pauses.remove(view.path());
  }

  @Override
  public synchronized Optional<ViewPause> paused(ViewDefinition view) {
    return Optional.ofNullable(pauses.get(view.path()));
  }

  @Override
  public synchronized ViewControl control(ViewVersion version) {
    return new ViewControl(
        pauses.get(version.view().path()),
        open(version)
            .filter(entry -> entry.request() != null)
            .limit(ViewControl.MAX_REQUESTS)
            .toList());
  }
}
