package dev.foldstream.projector.projections;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.projection.Projector;
import dev.foldstream.projector.projection.WorkState;
import dev.foldstream.projector.projection.WorkerProgress;
import dev.foldstream.projector.projections.ProjectionAnswers.ProjectionAnswer;
import dev.foldstream.projector.projections.ProjectionAnswers.StoreAnswer;
import dev.foldstream.projector.projections.ProjectionAnswers.VersionAnswer;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together what this host's workers know and what stores and log say of the rest. */
@Singleton
final class ProjectionReport {

  private final Projector projector;
  private final StoreReport stores;

  ProjectionReport(Projector projector, StoreReport stores) {
    this.projector = projector;
    this.stores = stores;
  }

  /** In order of address. */
  List<ProjectionAnswer> all() {
    return workers().values().stream().map(this::view).toList();
  }

  /** The view of this address, or of this {@code domain.name}. */
  ProjectionAnswer one(String view) {
    return view(workers().getOrDefault(address(view), List.of()));
  }

  /** The address of the view that is named; a name of none is a problem. */
  String address(String view) {
    return projector.progress().stream()
        .map(WorkerProgress::target)
        .filter(target -> isNamed(target, view))
        .findFirst()
        .map(ProjectionTarget::address)
        .orElseThrow(
            () -> {
              List<String> names = List.copyOf(workers().keySet());
              return new ProblemException(
                      ProblemType.UNKNOWN_VIEW,
                      "There is no view '%s'; there are %s".formatted(view, names))
                  .member("views", names);
            });
  }

  private static boolean isNamed(ProjectionTarget target, String view) {
    return target.address().equals(view)
        || (target.view().domain() + "." + target.view().name()).equals(view);
  }

  private Map<String, List<WorkerProgress>> workers() {
    Map<String, List<WorkerProgress>> byView = new LinkedHashMap<>();
    for (WorkerProgress worker : projector.progress()) {
      byView.computeIfAbsent(worker.target().address(), a -> new ArrayList<>()).add(worker);
    }
    return byView;
  }

  /** One version over the stores that keep it. */
  private static final class Version {
    private final List<StoreAnswer> stores = new ArrayList<>();
    private WorkState worst = WorkState.RUNNING;
    private boolean live;

    void live(WorkerProgress worker, StoreAnswer store) {
      live = true;
      worst = worst.worse(worker.worst());
      stores.add(store);
    }

    VersionAnswer answer(int number) {
      return new VersionAnswer(
          number,
          live ? StoreReport.name(worst) : stores.getFirst().state(),
          Sums.over(stores, StoreAnswer::lagEvents, Long::sum),
          Sums.over(stores, StoreAnswer::lagSeconds, Math::max),
          Sums.least(stores, StoreAnswer::progress),
          stores);
    }
  }

  private ProjectionAnswer view(List<WorkerProgress> workers) {
    var versions = new TreeMap<Integer, Version>();
    Integer live =
        workers.stream()
            .map(WorkerProgress::version)
            .filter(v -> v > 0)
            .min(Integer::compare)
            .orElse(null);
    WorkState worst = WorkState.RUNNING;
    for (WorkerProgress worker : workers) {
      int number = worker.version() > 0 ? worker.version() : live == null ? 1 : live;
      versions.computeIfAbsent(number, n -> new Version()).live(worker, stores.live(worker));
      worst = worst.worse(worker.worst());
    }
    for (WorkerProgress worker : workers) {
      for (StoreReport.Beside beside : stores.beside(worker)) {
        versions.computeIfAbsent(beside.version(), n -> new Version()).stores.add(beside.store());
      }
    }
    ProjectionTarget target = workers.getFirst().target();
    return new ProjectionAnswer(
        target.address(),
        target.view().domain(),
        live,
        StoreReport.name(worst),
        versions.entrySet().stream().map(e -> e.getValue().answer(e.getKey())).toList());
  }
}
