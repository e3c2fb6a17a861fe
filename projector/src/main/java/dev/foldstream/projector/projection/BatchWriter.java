package dev.foldstream.projector.projection;

import dev.foldstream.viewstore.QuarantineChange;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.fold.BatchFold;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

  BatchWriter(ViewVersion version, ViewStore store, QuarantineSettings settings) {
    this.version = version;
    this.store = store;
    this.settings = settings;
    this.fold = BatchFold.of(version.view());
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
              var rows = fold.rows(refused == null ? store.load(version, sieve.keys()) : Map.of());
              Collection<Tally> tallies = sieve.sift(rows, refused);
              List<QuarantineEntry> entries =
                  tallies.stream().flatMap(tally -> tally.entries().stream()).toList();
              store.commit(
                  new ViewBatch(
                      version,
                      rows.changes(),
                      tallies.stream().map(Tally::move).toList(),
                      new QuarantineChange(entries, List.of())));
              tallies.forEach(Tally::done);
              entries.forEach(this::tell);
            });
  }

  private void tell(QuarantineEntry entry) {
    if (entry.kind() == QuarantineEntry.Kind.POISON) {
      LOG.error(
          "{}: the event at sequence {}, offset {} of {} is set aside ({}), and {} '{}' waits for it: {}",
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
