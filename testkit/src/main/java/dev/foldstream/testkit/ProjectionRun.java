package dev.foldstream.testkit;

import dev.foldstream.kernel.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One way in which events come to a projection. The rows must be the same after each.
 *
 * @param name how it differs from one event after another, for the message of a failure
 */
record ProjectionRun<E, V>(String name, Consumer<ModelStore<E, V>> deliveries) {

  /** Up to so many events are cut in every way there is; more in batches of every one size. */
  private static final int CUT_IN_EVERY_WAY = 10;

  /** Up to so many events every batch there is crashes; of more, those of one or two events. */
  private static final int CRASHED_IN_EVERY_BATCH = 24;

  /** One event after another: what the others are compared with. */
  static <E, V> ProjectionRun<E, V> plain(List<RecordedEvent<E>> events) {
    return new ProjectionRun<>(
        "one after another", store -> events.forEach(event -> store.commit(List.of(event))));
  }

  /** All other ways. */
  static <E, V> List<ProjectionRun<E, V>> others(List<RecordedEvent<E>> events) {
    var runs = new ArrayList<ProjectionRun<E, V>>();
    runs.add(new ProjectionRun<>("folded again", ProjectionRun.<E, V>plain(events).deliveries));
    cuts(events.size()).forEach(sizes -> runs.add(cut(events, sizes)));
    runs.addAll(repeated(events));
    runs.addAll(crashes(events));
    return runs;
  }

  /** What only a projection stands that makes the same of an event and of its repetition. */
  static <E, V> ProjectionRun<E, V> unguarded(List<RecordedEvent<E>> events) {
    return new ProjectionRun<>(
        "with every event applied twice, by a store that does not guard against it",
        store -> {
          for (var event : events) {
            store.commitUnguarded(event);
            store.commitUnguarded(event);
          }
        });
  }

  private static <E, V> List<ProjectionRun<E, V>> repeated(List<RecordedEvent<E>> events) {
    var twice = new ArrayList<RecordedEvent<E>>();
    for (var event : events) {
      twice.add(event);
      twice.add(event);
    }
    return List.of(
        new ProjectionRun<>("with every event delivered twice", store -> store.commitEach(twice)),
        new ProjectionRun<>(
            "with every event delivered twice in one batch", store -> store.commit(twice)),
        new ProjectionRun<>(
            "with everything delivered again after the position was lost",
            store -> {
              store.commit(events);
              store.forgetPositions();
              store.restart();
              store.commit(events);
            }));
  }

  private static <E, V> ProjectionRun<E, V> cut(
      List<RecordedEvent<E>> events, List<Integer> sizes) {
    return new ProjectionRun<>(
        "in batches of " + sizes,
        store -> {
          int from = 0;
          for (int size : sizes) {
            store.commit(events.subList(from, from + size));
            store.restart();
            from += size;
          }
        });
  }

  private static List<List<Integer>> cuts(int events) {
    var cuts = new ArrayList<List<Integer>>();
    if (events <= CUT_IN_EVERY_WAY) {
      for (int borders = 0; borders < 1 << Math.max(0, events - 1); borders++) {
        cuts.add(sizes(events, borders));
      }
    } else {
      for (int size = 1; size <= events; size++) {
        cuts.add(sizes(events, size, new ArrayList<>()));
      }
    }
    return cuts;
  }

  /** Bit i says that a batch ends behind event i. */
  private static List<Integer> sizes(int events, int borders) {
    var sizes = new ArrayList<Integer>();
    int size = 0;
    for (int event = 0; event < events; event++) {
      size++;
      if (event == events - 1 || (borders >> event & 1) == 1) {
        sizes.add(size);
        size = 0;
      }
    }
    return sizes;
  }

  private static List<Integer> sizes(int left, int size, List<Integer> sizes) {
    sizes.add(Math.min(left, size));
    return left <= size ? sizes : sizes(left - size, size, sizes);
  }

  private static <E, V> List<ProjectionRun<E, V>> crashes(List<RecordedEvent<E>> events) {
    int longest = events.size() <= CRASHED_IN_EVERY_BATCH ? events.size() : 2;
    var runs = new ArrayList<ProjectionRun<E, V>>();
    for (int from = 0; from < events.size(); from++) {
      for (int to = from + 1; to <= Math.min(events.size(), from + longest); to++) {
        String batch = to == from + 1 ? "event " + to : "events %d to %d".formatted(from + 1, to);
        runs.add(crash(events, from, to, 0, "between write and commit of " + batch));
        runs.add(
            crash(
                events,
                from,
                to,
                1,
                "that left the first row of %s, and not the position".formatted(batch)));
        runs.add(
            crash(
                events,
                from,
                to,
                Integer.MAX_VALUE,
                "that left the rows of %s, and not the position".formatted(batch)));
      }
    }
    return runs;
  }

  private static <E, V> ProjectionRun<E, V> crash(
      List<RecordedEvent<E>> events, int from, int to, int rowsWritten, String which) {
    return new ProjectionRun<>(
        "with a crash " + which,
        store -> {
          events.subList(0, from).forEach(event -> store.commit(List.of(event)));
          store.crash(events.subList(from, to), rowsWritten);
          store.commit(events.subList(from, to));
          events.subList(to, events.size()).forEach(event -> store.commit(List.of(event)));
        });
  }
}
