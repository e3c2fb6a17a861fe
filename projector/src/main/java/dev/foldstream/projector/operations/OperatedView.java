package dev.foldstream.projector.operations;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.projection.Projector;
import dev.foldstream.projector.projection.WorkerProgress;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A view in one store, as an operator names it. */
record OperatedView(ProjectionTarget target, int number) {

  /** Those of a view, in one store or in all. */
  static List<OperatedView> find(Projector projector, String view, @Nullable String store) {
    List<WorkerProgress> all = projector.progress();
    List<WorkerProgress> ofView = all.stream().filter(w -> isNamed(w.target(), view)).toList();
    if (ofView.isEmpty()) {
      List<String> names = all.stream().map(w -> w.target().address()).distinct().toList();
      throw new ProblemException(
              ProblemType.UNKNOWN_VIEW,
              "There is no view '%s'; there are %s".formatted(view, names))
          .member("views", names);
    }
    List<OperatedView> found =
        ofView.stream()
            .filter(w -> store == null || w.target().storeName().equals(store))
            .map(w -> new OperatedView(w.target(), w.version()))
            .toList();
    if (found.isEmpty()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "wanted a store that keeps '%s', one of %s; found '%s'"
              .formatted(view, ofView.stream().map(w -> w.target().storeName()).toList(), store));
    }
    return found;
  }

  private static boolean isNamed(ProjectionTarget target, String view) {
    return target.address().equals(view)
        || (target.view().domain() + "." + target.view().name()).equals(view);
  }

  String store() {
    return target.storeName();
  }

  ViewOperations operations() {
    return target.store().operations();
  }

  ViewVersion version() {
    if (number == 0) {
      throw new ProblemException(
          ProblemType.STILL_STARTING,
          "%s: its version is not known yet. Try again in a moment".formatted(target));
    }
    return new ViewVersion(target.view(), number);
  }

  /** Runs the work and says as a problem that the store does not answer. */
  static <T> T answered(Supplier<T> work) {
    try {
      return work.get();
    } catch (ViewStoreUnavailableException away) {
      throw new ProblemException(
          ProblemType.VIEW_STORE_UNAVAILABLE, String.valueOf(away.getMessage()));
    }
  }
}
