package dev.foldstream.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.kernel.Feature;
import dev.foldstream.projector.library.LibraryDomain;
import dev.foldstream.projector.library.LibraryDomain.Copies;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Lost;
import dev.foldstream.projector.projection.LibraryLog;
import dev.foldstream.projector.projection.LogConsumers;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.projection.ProjectionWorker;
import dev.foldstream.projector.projection.ProjectorSettings;
import dev.foldstream.projector.rebuild.RebuildSettings.WhenToSwitch;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A log, a database, and what is expected of both. */
abstract class RebuildParts {

  static final ProjectorSettings PROJECTOR =
      new ProjectorSettings(
          50, 40, Duration.ofSeconds(6), Duration.ofMillis(20), Duration.ofMillis(200));

  /** Small bounds, so that rows are written, forgotten and loaded again many times. */
  static final RebuildSettings SMALL = new RebuildSettings(1, 20, 90, true, WhenToSwitch.AUTO);

  final RebuiltStore store = open();
  final LibraryLog log = log();
  final Map<String, Copies> expected = new TreeMap<>();
  private final List<AutoCloseable> running = new ArrayList<>();
  private int starts;

  @BeforeAll
  static void servers() {
    DevServices.shared().start(Part.KAFKA, Part.POSTGRESQL, Part.ELASTICSEARCH);
  }

  /** The store that keeps the views. */
  RebuiltStore open() {
    return RebuiltStore.postgres();
  }

  private static LibraryLog log() {
    try {
      return new LibraryLog(new InMemorySchemaRegistry());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : running.reversed()) {
      one.close();
    }
    log.close();
    store.close();
  }

  static ViewDefinition definition(Feature.View<?, ?> feature) {
    return new ViewDefinition(
        LibraryDomain.NAME, feature, List.of(LibraryLog.TOPIC), LibraryLog.PARTITIONS);
  }

  ViewDefinition copies() {
    return view("copies");
  }

  ViewDefinition view(String name) {
    return log.domain().features().stream()
        .filter(f -> f instanceof Feature.View<?, ?> && f.name().equals(name))
        .map(f -> definition((Feature.View<?, ?>) f))
        .findFirst()
        .orElseThrow();
  }

  ProjectionTarget target(ViewDefinition view) {
    return new ProjectionTarget(view.name(), view, store.kind(), store.store());
  }

  LogConsumers consumers() {
    return new LogConsumers(DevServices.shared().kafka().bootstrapServers(), PROJECTOR);
  }

  EventDecoder decoder() {
    return new EventDecoder(List.of(log.domain()), log.codec());
  }

  ProjectionWorker live(ViewDefinition view) {
    var worker =
        new ProjectionWorker(target(view), consumers(), decoder(), PROJECTOR, "live-" + starts++);
    running.add(worker);
    worker.start();
    return worker;
  }

  RebuildRunner runner(ViewDefinition view, RebuildSettings settings) {
    return runner(List.of(view), settings);
  }

  RebuildRunner runner(List<ViewDefinition> views, RebuildSettings settings) {
    var runner =
        new RebuildRunner(
            views.stream().map(this::target).toList(),
            consumers(),
            decoder(),
            settings,
            "runner-" + starts++);
    running.add(runner);
    runner.start();
    return runner;
  }

  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  /** Buys, and now and then loses, some of sixty books; ten times in each transaction. */
  void happen(int from, int to) {
    for (int first = from; first < to; first += 10) {
      int start = first;
      log.together(() -> IntStream.range(start, Math.min(to, start + 10)).forEach(this::happen));
    }
  }

  private void happen(int i) {
    String book = "b-" + i * 7 % 60;
    int partition = i * 7 % 60 % 2;
    if (i % 11 == 0) {
      log.happen(partition, book, new Lost("water"));
      expected.remove(book);
    } else {
      log.happen(partition, book, new Bought(i));
      expected.merge(
          book, new Copies(book, i), (a, b) -> new Copies(book, a.copies() + b.copies()));
    }
  }

  Map<String, Copies> served(ViewDefinition view) {
    var query = new ViewQuery(List.of(), List.of(), ViewQuery.MAX_LIMIT, null);
    return store.reader().page(view, query).rows().stream()
        .collect(
            Collectors.toMap(ViewRow::key, row -> (Copies) row.row(), (a, b) -> a, TreeMap::new));
  }

  void awaitServed() {
    // A new index answers once its shard has started.
    await()
        .ignoreExceptionsInstanceOf(ViewStoreUnavailableException.class)
        .untilAsserted(() -> assertThat(served(copies())).isEqualTo(expected));
  }

  Rebuild last() {
    return store.rebuilds().last(copies()).orElseThrow();
  }

  Rebuild awaitEnd() {
    await()
        .ignoreExceptionsInstanceOf(NoSuchElementException.class)
        .untilAsserted(
            () -> assertThat(last().state()).matches(RebuildState::ended, last().toString()));
    return last();
  }

  Comparison comparison() {
    return Objects.requireNonNull(last().comparison());
  }

  List<String> traces(int version) throws Exception {
    return store.traces(new ViewVersion(copies(), version));
  }
}
