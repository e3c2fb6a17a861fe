package dev.foldstream.projector.projection;

import dev.foldstream.projector.projection.SourceReader.Source;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineRequest;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.fold.BatchFold;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what operators ask of the quarantine, for a partition that its worker owns. Rows,
 * entries and counts change in one commit that is fenced like every other: by the epoch and by the
 * position, which stays. So of several projectors only the owner's counts, and it counts once.
 */
final class QuarantineDesk {

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineDesk.class);

  private final ViewVersion version;
  private final ViewStore store;
  private final BatchFold fold;
  private final SourceReader source;

  QuarantineDesk(ViewVersion version, ViewStore store, SourceReader source) {
    this.version = version;
    this.store = store;
    this.fold = BatchFold.of(version.view());
    this.source = source;
  }

  void carryOut(QuarantineEntry request, OwnedPartition own) {
    List<QuarantineEntry> open = open(own);
    QuarantineEntry asked =
        open.stream().filter(e -> e.id().equals(request.id())).findFirst().orElse(null);
    QuarantineRequest what = asked == null ? null : asked.request();
    if (asked != null && what != null) {
      LOG.info("{}: {} of {} for {}", version, what.action(), asked.id(), what.principal());
      carryOut(asked, what.action() == QuarantineRequest.Action.DISCARD, own, open);
      own.holdsAre(open(own));
    }
  }

  private List<QuarantineEntry> open(OwnedPartition own) {
    return store.operations().open(version, own.name());
  }

  /** All at once; when the store refuses a row, half of them, down to the one it refuses. */
  private void carryOut(
      QuarantineEntry asked, boolean discard, OwnedPartition own, List<QuarantineEntry> allOpen) {
    List<Source> rest =
        source.read(
            own.kafka(),
            allOpen.stream()
                .filter(entry -> entry.hold().equals(asked.hold()))
                .filter(entry -> !discard || !entry.id().equals(asked.id()))
                .toList());
    List<QuarantineEntry> open = allOpen;
    int take = rest.size();
    boolean discarding = discard;
    do {
      List<Source> some = rest.subList(0, Math.min(rest.size(), take));
      try {
        if (commit(own, open, some, asked, discarding, null)) {
          return;
        }
        rest = rest.subList(some.size(), rest.size());
        discarding = false;
        open = open(own);
      } catch (RowRefusedException refused) {
        if (some.size() == 1) {
          commit(own, open, some, asked, discarding, refused);
          return;
        }
        take = some.size() / 2;
      }
    } while (!rest.isEmpty());
  }

  /** Whether an event failed again. */
  private boolean commit(
      OwnedPartition own,
      List<QuarantineEntry> open,
      List<Source> sources,
      QuarantineEntry asked,
      boolean discard,
      @Nullable RowRefusedException refused) {
    var failed = new AtomicBoolean();
    Contention.of(version)
        .repeat(
            () -> {
              var retrial =
                  new Retrial(fold, version.view().feature().events(), open, asked.hold());
              Map<String, StoredRow> loaded =
                  refused == null ? store.load(version, retrial.keys(sources)) : Map.of();
              var rows = fold.rows(loaded::get);
              if (discard) {
                retrial.discard(asked);
              }
              if (refused == null) {
                retrial.take(sources, rows);
              } else {
                retrial.fail(sources.getFirst().entry(), Tally.ROW_REFUSED, Sieve.words(refused));
              }
              retrial.answer(asked);
              store.commit(batch(own, retrial, rows, discard ? asked : null));
              failed.set(retrial.hasFailed());
            });
    return failed.get();
  }

  private ViewBatch batch(
      OwnedPartition own,
      Retrial retrial,
      BatchFold.Rows rows,
      @Nullable QuarantineEntry discarded) {
    var stay =
        new PositionMove(
            own.name(), own.position(), own.position(), own.epoch(), retrial.counts(discarded));
    return new ViewBatch(version, rows.changes(), List.of(stay), retrial.change());
  }
}
