package dev.foldstream.projector.projection;

import dev.foldstream.viewstore.QuarantineChange;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.fold.BatchFold;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds steps into rows and writes rows, positions and what is set aside together.
 *
 * <p>An event that cannot be folded is known at once. One whose row the store refuses is found by
 * halving. Either way it is set aside with everything behind it for the same row, and everything
 * else goes on. A partition stops only when its quarantine is full.
 */
final class BatchWriter {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private final ViewVersion version;
  private final ViewStore store;
  private final QuarantineSettings settings;
  private final BatchFold fold;
  private final RowCache cache;
  private boolean caches;

  BatchWriter(
      ViewVersion version, ViewStore store, QuarantineSettings settings, int mostRowsInMemory) {
    this.version = version;
    this.store = store;
    this.settings = settings;
    this.fold = BatchFold.of(version.view());
    this.cache = new RowCache(mostRowsInMemory);
  }

  /** The thread in which commits go on; it is started when it is first used. */
  static ExecutorService thread(ProjectionTarget target) {
    String name = "projection-%s-%s-writes".formatted(target.view().name(), target.storeName());
    return Executors.newSingleThreadExecutor(
        task -> Thread.ofPlatform().name(name).unstarted(task));
  }

  /**
   * Forgets the rows in memory: somebody else may have written them, or may write them from now on.
   *
   * @param onlyWriter whether nobody else does
   */
  void forgetRows(boolean onlyWriter) {
    cache.clear();
    caches = onlyWriter;
  }

  /** A batch whose commit goes on in another thread. */
  record Pending(
      List<Step> steps, Folded folded, CompletableFuture<Map<String, StoredRow>> commit) {}

  /** What a batch makes of rows, positions and quarantine. */
  record Folded(ViewBatch batch, Collection<Tally> tallies, List<QuarantineEntry> entries) {}

  /**
   * Folds, and begins to write. Nothing else of this writer may be called until {@link #finish}.
   *
   * @return null when none of the steps can be written
   */
  @Nullable Pending begin(List<Step> steps, Executor threads) {
    List<Step> rest = steps;
    while (!rest.isEmpty()) {
      try {
        Folded folded = fold(new Sieve(fold, settings, rest), null);
        var commit = CompletableFuture.supplyAsync(() -> store.commit(folded.batch()), threads);
        return new Pending(rest, folded, commit);
      } catch (QuarantineFullException full) {
        rest = without(rest, full);
      }
    }
    return null;
  }

  /** Waits for the commit; what the store refuses or finds changed is written in the usual way. */
  void finish(Pending pending) {
    try {
      done(pending.folded(), pending.commit().join());
    } catch (CompletionException failed) {
      cache.clear();
      switch (failed.getCause()) {
        case RowRefusedException _, RowConflictException _ -> write(pending.steps());
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw failed;
      }
    }
  }

  /** Writes all steps it can; partitions that cannot go on are stopped when it returns. */
  void write(List<Step> steps) {
    List<Step> rest = steps;
    while (!rest.isEmpty()) {
      try {
        commit(rest, null);
        return;
      } catch (QuarantineFullException full) {
        rest = without(rest, full);
      } catch (RowRefusedException refused) {
        halve(rest, refused);
        return;
      }
    }
  }

  /** The steps before the event that would be one too many; its partition goes no further. */
  private static List<Step> without(List<Step> steps, QuarantineFullException full) {
    Step found = full.step();
    found.partition().stopFull(Sieve.words(full));
    return steps.stream()
        .filter(
            step ->
                step.partition() != found.partition()
                    || step.next().sequence() < found.next().sequence())
        .toList();
  }

  private void halve(List<Step> steps, RowRefusedException refused) {
    if (steps.size() == 1) {
      try {
        commit(steps, Sieve.words(refused));
      } catch (QuarantineFullException full) {
        without(steps, full);
      }
      return;
    }
    int half = steps.size() / 2;
    write(steps.subList(0, half));
    write(
        steps.subList(half, steps.size()).stream()
            .filter(step -> !step.partition().isStopped())
            .toList());
  }

  private void commit(List<Step> steps, @Nullable String refused) {
    var sieve = new Sieve(fold, settings, steps);
    Contention.of(version)
        .repeat(
            () -> {
              try {
                Folded folded = fold(sieve, refused);
                done(folded, store.commit(folded.batch()));
              } catch (RowConflictException
                  | RowRefusedException
                  | ViewStoreUnavailableException e) {
                cache.clear();
                throw e;
              }
            });
  }

  private Folded fold(Sieve sieve, @Nullable String refused) {
    var rows = fold.rows(refused == null ? load(sieve.keys()) : key -> null);
    Collection<Tally> tallies = sieve.sift(rows, refused);
    List<QuarantineEntry> entries =
        tallies.stream().flatMap(tally -> tally.entries().stream()).toList();
    var batch =
        new ViewBatch(
            version,
            rows.changes(),
            tallies.stream().map(Tally::move).toList(),
            new QuarantineChange(entries, List.of()));
    return new Folded(batch, tallies, entries);
  }

  /** The cache stays as it is until the rows are folded, so what it has need not be copied. */
  private Function<String, @Nullable StoredRow> load(Set<String> keys) {
    if (!caches) {
      return store.load(version, keys)::get;
    }
    List<String> missing = keys.stream().filter(key -> !cache.has(key)).toList();
    Map<String, StoredRow> loaded = store.load(version, missing);
    return key -> {
      StoredRow known = cache.get(key);
      return known == null ? loaded.get(key) : known;
    };
  }

  private void done(Folded folded, Map<String, StoredRow> stored) {
    folded.tallies().forEach(Tally::done);
    folded.entries().forEach(this::tell);
    if (caches) {
      cache.putAll(stored);
    }
  }

  private void tell(QuarantineEntry entry) {
    if (entry.kind() == QuarantineEntry.Kind.POISON) {
      LOG.error(
          "{}: the event at sequence {}, offset {} of {} is set aside ({}), and {} '{}' waits for"
              + " it: {}",
          version,
          entry.sequence(),
          entry.offset(),
          entry.partition(),
          entry.cause(),
          entry.hold().scope(),
          entry.hold().key(),
          entry.detail());
    }
  }

  /** Moves positions past records that are no events. */
  void move(List<Step> steps) {
    if (!steps.isEmpty()) {
      commit(steps, null);
    }
  }
}
