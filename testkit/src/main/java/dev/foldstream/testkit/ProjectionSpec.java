package dev.foldstream.testkit;

import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Given events, then exactly these rows. Immutable.
 *
 * <p>Each check folds the events one after another, and then in every way in which a store may hand
 * them over: again, in every cut into batches, delivered twice, and with a crash of every batch
 * between write and commit, or between rows and position. The rows must be the same each time; a
 * failure names the run. A projection that keeps something in a field, that carries something from
 * {@code keys} to {@code apply}, or that changes the row it is given, fails.
 *
 * <pre>{@code
 * view.given("o-1", NOON, PLACED).given("o-1", LATER, CANCELLED).then(Map.of("o-1", row));
 * }</pre>
 */
public final class ProjectionSpec<E, V> {

  private final Supplier<? extends Projection<E, V>> projections;
  private final StreamName stream;
  private final List<RecordedEvent<E>> events;
  private final boolean unguarded;

  private ProjectionSpec(
      Supplier<? extends Projection<E, V>> projections,
      StreamName stream,
      List<RecordedEvent<E>> events,
      boolean unguarded) {
    this.projections = projections;
    this.stream = stream;
    this.events = List.copyOf(events);
    this.unguarded = unguarded;
  }

  /** Of one projection for all runs, so that what it remembers of a run shows in the next. */
  public static <E, V> ProjectionSpec<E, V> of(Projection<E, V> projection) {
    return of(() -> projection);
  }

  /**
   * Of a new projection wherever a process would have started, so that what one remembers is lost.
   */
  public static <E, V> ProjectionSpec<E, V> of(Supplier<? extends Projection<E, V>> projections) {
    return new ProjectionSpec<>(
        projections, new StreamName("spec", "spec", "spec"), List.of(), false);
  }

  /**
   * Also with every event applied twice, as by a store that does not guard against it. Ours do; a
   * projection that adds up cannot stand this.
   */
  public ProjectionSpec<E, V> evenUnguarded() {
    return new ProjectionSpec<>(projections, stream, events, true);
  }

  /** The aggregate type of the events given next; {@code spec.spec} until it is said. */
  public ProjectionSpec<E, V> from(String domain, String aggregate) {
    var next = new StreamName(domain, aggregate, "spec");
    return new ProjectionSpec<>(projections, next, events, unguarded);
  }

  /** Further events of one aggregate, recorded after those given before. */
  @SafeVarargs
  public final ProjectionSpec<E, V> given(String id, Instant occurredAt, E... more) {
    var all = new ArrayList<>(events);
    for (E event : more) {
      all.add(
          recorded(new StreamName(stream.domain(), stream.category(), id), all, occurredAt, event));
    }
    return new ProjectionSpec<>(projections, stream, all, unguarded);
  }

  /** Aggregates of one type share a partition. */
  private RecordedEvent<E> recorded(
      StreamName of, List<RecordedEvent<E>> before, Instant occurredAt, E event) {
    long version = 1 + before.stream().filter(it -> it.stream().equals(of)).count();
    String topic = of.domain() + "." + of.category();
    long sequence = 1 + before.stream().filter(it -> it.place().topic().equals(topic)).count();
    var place = new Place(topic, 0, sequence, sequence - 1);
    String number = "spec-" + (before.size() + 1);
    var metadata = new Metadata(number, "spec", number, Metadata.ANONYMOUS);
    return new RecordedEvent<>(of, version, place, number + ":1", occurredAt, metadata, event);
  }

  /** The view has exactly these rows, each under its key. */
  public void then(Map<String, V> rows) {
    Expect.equal("the rows", new TreeMap<>(rows), fold());
  }

  /** The row with this key is exactly this one; others may be there. */
  public ProjectionSpec<E, V> thenRow(String key, V row) {
    Expect.equal("the row '" + key + "'", row, fold().get(key));
    return this;
  }

  public ProjectionSpec<E, V> thenNoRow(String key) {
    Expect.equal("the row '" + key + "'", null, fold().get(key));
    return this;
  }

  /** The rows, which every run must come to. */
  private SortedMap<String, V> fold() {
    SortedMap<String, V> rows = rows(ProjectionRun.plain(events));
    for (ProjectionRun<E, V> run : runs()) {
      try {
        Expect.equal("the rows, " + run.name(), rows, rows(run));
      } catch (RuntimeException bug) {
        throw new AssertionError("the projection failed, " + run.name(), bug);
      }
    }
    return rows;
  }

  private List<ProjectionRun<E, V>> runs() {
    List<ProjectionRun<E, V>> runs = new ArrayList<>(ProjectionRun.others(events));
    if (unguarded) {
      runs.add(ProjectionRun.unguarded(events));
    }
    return runs;
  }

  private SortedMap<String, V> rows(ProjectionRun<E, V> run) {
    var store = new ModelStore<E, V>(projections, run.name());
    run.deliveries().accept(store);
    return store.rows();
  }
}
