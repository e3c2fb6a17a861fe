package dev.foldstream.benchmarks.read;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.projection.ProjectionWorker;
import dev.foldstream.projector.rebuild.RebuildRunner;
import dev.foldstream.projector.rebuild.RebuildSettings;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildState;
import java.util.List;

/** A view is rebuilt beside its live version, compared with it and made live. */
final class Rebuilding implements Runs.Contender, AutoCloseable {

  private static final RebuildSettings SETTINGS =
      new RebuildSettings(1, 200_000, 1_000_000, true, RebuildSettings.WhenToSwitch.AUTO);
  private static final String NAME = "rebuilt";

  /** Each look asks the database, so it must not be frequent. */
  private static final long LOOK_MILLIS = 25;

  private final ReadParts parts;
  private final Changes changes = new Changes();
  private final PostgresViewStore store;
  private final ViewDefinition view = Views.view(NAME, ViewStoreKind.POSTGRESQL);
  private final ProjectionWorker worker;
  private final RebuildRunner runner;

  Rebuilding(ReadParts parts) throws Exception {
    this.parts = parts;
    var views = new Views(parts);
    this.store = views.postgres();
    ProjectionTarget target = Views.target(view, ViewStoreKind.POSTGRESQL, store);
    this.worker = views.worker(target);
    worker.start();
    Runs.await("all events in the live version", () -> Views.isDone(worker));
    this.runner =
        new RebuildRunner(
            List.of(target), views.consumers(), views.decoder(), SETTINGS, "benchmark");
    runner.start();
  }

  @Override
  public List<Throughput> run(int number) throws Exception {
    parts.execute("checkpoint");
    store.rebuilds().request(view, RebuildKind.REBUILD);
    Runs.await("the rebuild begins", LOOK_MILLIS, () -> state() == RebuildState.LOADING);
    var loading = new Stretch(parts);
    var whole = new Stretch(parts);
    Runs.await("the load ends", LOOK_MILLIS, () -> state().compareTo(RebuildState.INDEXING) > 0);
    Throughput loaded = loading.end("Foldstream, rebuild", Changes.EVENTS);
    Runs.await("the rebuild ends", LOOK_MILLIS, () -> last().state().ended());
    Throughput done = whole.end("Foldstream, rebuild, compared and switched", Changes.EVENTS);
    if (last().state() != RebuildState.DONE) {
      throw new IllegalStateException("wanted a rebuild that is done; found " + last());
    }
    Live.check(parts, changes, "bank_rebuilt__v" + last().version().number());
    return List.of(loaded, done);
  }

  private Rebuild last() {
    return store.rebuilds().last(view).orElseThrow();
  }

  private RebuildState state() {
    return last().state();
  }

  @Override
  public void close() {
    runner.close();
    worker.close();
    store.close();
  }
}
