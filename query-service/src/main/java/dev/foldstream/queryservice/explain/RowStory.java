package dev.foldstream.queryservice.explain;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of a row in order, and the row after each.
 *
 * <p>Events of one partition are in the order of their sequences. There is no order over
 * partitions; they are joined by the time of their records, which need not be the order in which
 * the projector met them.
 *
 * @param sinceGone how many of them came after the row was removed last
 */
record RowStory(List<Chapter> chapters, int sinceGone) {

  /**
   * @param row after the event, null when there is none
   * @param failure what the projection threw; the row is as before then
   */
  record Chapter(Candidate candidate, @Nullable Record row, @Nullable String failure) {}

  @SuppressWarnings("unchecked") // the events are of the view's type
  static RowStory of(ServedView view, String key, List<Candidate> candidates) {
    var feature = (Feature.View<Object, Record>) view.definition().feature();
    Projection<Object, Record> projection = feature.projection();
    var chapters = new ArrayList<Chapter>();
    Record row = null;
    int sinceGone = 0;
    for (Candidate candidate : inOrder(candidates)) {
      try {
        row = projection.apply(key, row, candidate.event());
        sinceGone = row == null ? 0 : sinceGone + 1;
        chapters.add(new Chapter(candidate, row, null));
      } catch (RuntimeException failure) {
        chapters.add(new Chapter(candidate, row, String.valueOf(failure)));
      }
    }
    return new RowStory(chapters, sinceGone);
  }

  private static List<Candidate> inOrder(List<Candidate> candidates) {
    var partitions = new TreeMap<String, List<Candidate>>();
    candidates.forEach(
        it -> partitions.computeIfAbsent(it.partition(), p -> new ArrayList<>()).add(it));
    var heads =
        new PriorityQueue<Deque<Candidate>>(
            Comparator.comparing((Deque<Candidate> queue) -> queue.getFirst().entry().recordedAt())
                .thenComparing(queue -> queue.getFirst().partition()));
    for (List<Candidate> partition : partitions.values()) {
      partition.sort(Comparator.comparingLong(it -> it.entry().sequence()));
      heads.add(new ArrayDeque<>(partition));
    }
    var ordered = new ArrayList<Candidate>(candidates.size());
    for (var queue = heads.poll(); queue != null; queue = heads.poll()) {
      ordered.add(queue.removeFirst());
      if (!queue.isEmpty()) {
        heads.add(queue);
      }
    }
    return ordered;
  }

  /** Whether it ends with the row that is kept. */
  boolean same(@Nullable ViewRow kept) {
    Record last = chapters.isEmpty() ? null : chapters.getLast().row();
    return Objects.equals(last, kept == null ? null : kept.row());
  }

  /** Whether these are all events of the row that is kept, which counts them. */
  boolean explains(@Nullable ViewRow kept) {
    return kept != null
        && same(kept)
        && (kept.revision() == sinceGone || kept.revision() == chapters.size());
  }
}
