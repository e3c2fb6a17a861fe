package dev.foldstream.projector.projection;

import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.fold.BatchFold;
import dev.foldstream.viewstore.fold.UnfoldableEventException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Folds steps into rows and writes rows and positions together.
 *
 * <p>An event that cannot be folded is known at once. One whose row the store refuses is found by
 * halving. Either way everything before it is written, its partition is stopped with the reason,
 * and the others go on.
 */
final class BatchWriter {

  /**
   * How often a batch is folded again because another partition's owner changed a row meanwhile.
   */
  private static final int MAX_ROW_CONFLICTS = 30;

  private static final long MAX_CONFLICT_PAUSE_MILLIS = 20;

  private final ViewVersion version;
  private final ViewStore store;
  private final BatchFold fold;

  BatchWriter(ViewVersion version, ViewStore store) {
    this.version = version;
    this.store = store;
    this.fold = BatchFold.of(version.view());
  }

  /** Writes all steps it can; partitions that cannot go on are stopped when it returns. */
  void write(List<Step> steps) {
    List<Step> rest = steps;
    while (!rest.isEmpty()) {
      try {
        commit(rest);
        return;
      } catch (UnfoldableEventException poison) {
        rest = without(rest, poison);
      } catch (RowRefusedException refused) {
        halve(rest, refused);
        return;
      }
    }
  }

  /** The steps before the poison event; its partition goes no further. */
  private static List<Step> without(List<Step> steps, UnfoldableEventException poison) {
    Place place = poison.place();
    Step found =
        steps.stream().filter(step -> isAt(step, place)).findFirst().orElseThrow(() -> poison);
    found
        .partition()
        .stop(
            "the event at sequence %d, offset %d cannot be folded: %s"
                .formatted(place.sequence(), place.offset(), poison.getMessage()));
    return steps.stream()
        .filter(
            step ->
                step.partition() != found.partition() || step.next().sequence() < place.sequence())
        .toList();
  }

  private static boolean isAt(Step step, Place place) {
    return step.partition().name().topic().equals(place.topic())
        && step.partition().name().partition() == place.partition()
        && step.next().sequence() == place.sequence();
  }

  private void halve(List<Step> steps, RowRefusedException refused) {
    if (steps.size() == 1) {
      Step poison = steps.getFirst();
      poison
          .partition()
          .stop(
              "the store refuses the row after the event at sequence %d: %s"
                  .formatted(poison.next().sequence(), refused.getMessage()));
      return;
    }
    int half = steps.size() / 2;
    write(steps.subList(0, half));
    write(
        steps.subList(half, steps.size()).stream()
            .filter(step -> !step.partition().isStopped())
            .toList());
  }

  private void commit(List<Step> steps) {
    List<RecordedEvent<Object>> events =
        steps.stream().map(Step::event).filter(Objects::nonNull).toList();
    Map<OwnedPartition, Step> last = new LinkedHashMap<>();
    steps.forEach(step -> last.put(step.partition(), step));
    List<PositionMove> moves = last.values().stream().map(BatchWriter::move).toList();
    RowConflictException conflict = null;
    for (int attempt = 0; attempt < MAX_ROW_CONFLICTS; attempt++) {
      try {
        var changes = fold.fold(events, store.load(version, fold.keys(events)));
        store.commit(new ViewBatch(version, changes, moves));
        last.forEach((partition, step) -> partition.moved(step.next()));
        return;
      } catch (RowConflictException another) {
        conflict = another;
        letTheOtherGoFirst();
      }
    }
    throw contended(conflict);
  }

  private ViewStoreUnavailableException contended(@Nullable RowConflictException conflict) {
    return new ViewStoreUnavailableException(
        "rows of %s changed under each of %d attempts to write them"
            .formatted(version, MAX_ROW_CONFLICTS),
        conflict == null ? new IllegalStateException() : conflict);
  }

  private static PositionMove move(Step last) {
    OwnedPartition partition = last.partition();
    return new PositionMove(partition.name(), partition.position(), last.next(), partition.epoch());
  }

  private static void letTheOtherGoFirst() {
    long millis = ThreadLocalRandom.current().nextLong(MAX_CONFLICT_PAUSE_MILLIS);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Moves positions past records that are no events. */
  void move(List<Step> steps) {
    if (!steps.isEmpty()) {
      commit(steps);
    }
  }
}
