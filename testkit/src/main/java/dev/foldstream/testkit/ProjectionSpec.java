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
import java.util.TreeMap;

/**
 * Given events, then exactly these rows. Immutable. Each check folds the events twice: a projection
 * that gives other rows the second time fails.
 *
 * <pre>{@code
 * view.given("o-1", NOON, PLACED).given("o-1", LATER, CANCELLED).then(Map.of("o-1", row));
 * }</pre>
 */
public final class ProjectionSpec<E, V> {

  private final Projection<E, V> projection;
  private final StreamName stream;
  private final List<RecordedEvent<E>> events;

  private ProjectionSpec(
      Projection<E, V> projection, StreamName stream, List<RecordedEvent<E>> events) {
    this.projection = projection;
    this.stream = stream;
    this.events = List.copyOf(events);
  }

  public static <E, V> ProjectionSpec<E, V> of(Projection<E, V> projection) {
    return new ProjectionSpec<>(projection, new StreamName("spec", "spec", "spec"), List.of());
  }

  /** The aggregate type of the events given next; {@code spec.spec} until it is said. */
  public ProjectionSpec<E, V> from(String domain, String aggregate) {
    return new ProjectionSpec<>(projection, new StreamName(domain, aggregate, "spec"), events);
  }

  /** Further events of one aggregate, recorded after those given before. */
  @SafeVarargs
  public final ProjectionSpec<E, V> given(String id, Instant occurredAt, E... more) {
    var all = new ArrayList<>(events);
    for (E event : more) {
      all.add(
          recorded(new StreamName(stream.domain(), stream.category(), id), all, occurredAt, event));
    }
    return new ProjectionSpec<>(projection, stream, all);
  }

  private RecordedEvent<E> recorded(
      StreamName of, List<RecordedEvent<E>> before, Instant occurredAt, E event) {
    long version = 1 + before.stream().filter(it -> it.stream().equals(of)).count();
    long sequence = before.size() + 1L;
    var place = new Place("spec", 0, sequence, sequence - 1);
    var metadata = new Metadata("spec-" + sequence, "spec", "spec-" + sequence, Metadata.ANONYMOUS);
    return new RecordedEvent<>(
        of, version, place, "spec-" + sequence + ":1", occurredAt, metadata, event);
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

  private Map<String, V> fold() {
    var rows = foldOnce();
    Expect.equal("the rows when the same events are folded again", rows, foldOnce());
    return rows;
  }

  private Map<String, V> foldOnce() {
    var rows = new TreeMap<String, V>();
    for (var event : events) {
      for (String key : projection.keys(event)) {
        rows.compute(key, (_, row) -> projection.apply(key, row, event));
      }
    }
    return rows;
  }
}
