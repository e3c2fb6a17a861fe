package dev.foldstream.projector.rebuild;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.projector.projection.ProjectionStores;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.rebuild.RebuildAnswers.RebuildAnswer;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildRefusedException;
import dev.foldstream.viewstore.rebuild.RebuildableStore;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes what operators ask for to the store of the view, where a runner finds it. */
@Singleton
public final class RebuildDesk {

  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final List<ProjectionTarget> targets;

  RebuildDesk(ProjectionStores stores) {
    this.targets = stores.targets();
  }

  RebuildAnswer request(String view, RebuildKind kind) {
    ProjectionTarget target = target(view);
    return answered(() -> RebuildAnswer.of(target, rebuilds(target).request(target.view(), kind)));
  }

  RebuildAnswer ask(String view, Asked asked) {
    ProjectionTarget target = target(view);
    return answered(
        () -> {
          rebuilds(target).ask(target.view(), asked);
          return answer(target);
        });
  }

  RebuildAnswer last(String view) {
    ProjectionTarget target = target(view);
    return answered(() -> answer(target));
  }

  private static RebuildAnswer answer(ProjectionTarget target) {
    Rebuild last =
        rebuilds(target)
            .last(target.view())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.NOT_FOUND,
                        "The view '%s' was not rebuilt yet".formatted(target.address())));
    return RebuildAnswer.of(target, last);
  }

  /** All versions of this view, or none when its store has no others or does not answer. */
  public List<KeptVersion> versions(ProjectionTarget target) {
    if (!(target.store() instanceof RebuildableStore)) {
      return List.of();
    }
    try {
      return rebuilds(target).versions(target.view());
    } catch (ViewStoreUnavailableException away) {
      return List.of();
    }
  }

  /** The last rebuild of this view in its store, if there was one and the store answers. */
  public Optional<Rebuild> last(ProjectionTarget target) {
    if (!(target.store() instanceof RebuildableStore)) {
      return Optional.empty();
    }
    try {
      return rebuilds(target).last(target.view());
    } catch (ViewStoreUnavailableException away) {
      return Optional.empty();
    }
  }

  private static ViewRebuilds rebuilds(ProjectionTarget target) {
    return ((RebuildableStore) target.store()).rebuilds();
  }

  private ProjectionTarget target(String view) {
    List<ProjectionTarget> named =
        targets.stream().filter(t -> t.address().equals(view) || dotted(t).equals(view)).toList();
    if (named.isEmpty()) {
      List<String> names = targets.stream().map(ProjectionTarget::address).distinct().toList();
      throw new ProblemException(
              ProblemType.UNKNOWN_VIEW,
              "There is no view '%s'; there are %s".formatted(view, names))
          .member("views", names);
    }
    return named.stream()
        .filter(t -> t.store() instanceof RebuildableStore)
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_POSSIBLE_NOW,
                    "A view in PostgreSQL was wanted; '%s' is kept in %s alone"
                        .formatted(view, named.getFirst().storeName())));
  }

  private static String dotted(ProjectionTarget target) {
    return target.view().domain() + "." + target.view().name();
  }

  private static <T> T answered(Supplier<T> work) {
    try {
      return work.get();
    } catch (RebuildRefusedException refused) {
      throw new ProblemException(
          ProblemType.NOT_POSSIBLE_NOW, String.valueOf(refused.getMessage()));
    } catch (ViewStoreUnavailableException away) {
      throw new ProblemException(
              ProblemType.VIEW_STORE_UNAVAILABLE,
              "The store that keeps this view does not answer. Nothing was changed; ask again.")
          .retryAfter(TRY_AGAIN);
    }
  }
}
