package dev.foldstream.projector.rebuild;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.projector.projection.ProjectionStores;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.projector.rebuild.RebuildAnswers.NotDoneAnswer;
import dev.foldstream.projector.rebuild.RebuildAnswers.RebuildAnswer;
import dev.foldstream.projector.rebuild.RebuildAnswers.StoreRebuildAnswer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes what operators ask for to the stores of the view, where a runner finds it. */
@Singleton
public final class RebuildDesk {

  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final String AWAY = "the store does not answer";

  private final ProjectionStores stores;

  RebuildDesk(ProjectionStores stores) {
    this.stores = stores;
  }

  RebuildAnswer request(String view, @Nullable String store, RebuildKind kind) {
    return inEach(view, store, target -> rebuilds(target).request(target.view(), kind));
  }

  RebuildAnswer ask(String view, @Nullable String store, Asked asked) {
    return inEach(view, store, target -> rebuilds(target).ask(target.view(), asked));
  }

  RebuildAnswer last(String view, @Nullable String store) {
    List<ProjectionTarget> all = targets(view, store);
    var stores = new ArrayList<StoreRebuildAnswer>();
    var away = new ArrayList<NotDoneAnswer>();
    for (ProjectionTarget target : all) {
      try {
        rebuilds(target)
            .last(target.view())
            .map(rebuild -> StoreRebuildAnswer.of(target.storeName(), rebuild))
            .ifPresent(stores::add);
      } catch (ViewStoreUnavailableException gone) {
        away.add(new NotDoneAnswer(target.storeName(), AWAY));
      }
    }
    String address = all.getFirst().address();
    if (stores.isEmpty()) {
      throw away.isEmpty()
          ? new ProblemException(
              ProblemType.NOT_FOUND, "The view '%s' was not rebuilt yet".formatted(address))
          : unavailable();
    }
    return RebuildAnswer.of(address, stores, away);
  }

  /** Done wherever it is possible; a problem only when it is nowhere. */
  private RebuildAnswer inEach(
      String view, @Nullable String store, Consumer<ProjectionTarget> work) {
    List<ProjectionTarget> all = targets(view, store);
    var refused = new ArrayList<NotDoneAnswer>();
    var away = new ArrayList<NotDoneAnswer>();
    for (ProjectionTarget target : all) {
      try {
        work.accept(target);
      } catch (RebuildRefusedException reason) {
        refused.add(new NotDoneAnswer(target.storeName(), String.valueOf(reason.getMessage())));
      } catch (ViewStoreUnavailableException gone) {
        away.add(new NotDoneAnswer(target.storeName(), AWAY));
      }
    }
    if (refused.size() + away.size() == all.size()) {
      throw refused.isEmpty() ? unavailable() : refusal(refused);
    }
    RebuildAnswer last = last(view, store);
    return RebuildAnswer.of(
        last.view(), last.stores(), Stream.concat(refused.stream(), away.stream()).toList());
  }

  private static ProblemException refusal(List<NotDoneAnswer> refused) {
    return new ProblemException(
        ProblemType.NOT_POSSIBLE_NOW,
        refused.stream().map(NotDoneAnswer::reason).distinct().collect(Collectors.joining(". ")));
  }

  private static ProblemException unavailable() {
    return new ProblemException(
            ProblemType.VIEW_STORE_UNAVAILABLE,
            "The store that keeps this view does not answer. Nothing was changed; ask again.")
        .retryAfter(TRY_AGAIN);
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

  private List<ProjectionTarget> targets(String view, @Nullable String store) {
    List<ProjectionTarget> targets = stores.targets();
    List<ProjectionTarget> named =
        targets.stream().filter(t -> t.address().equals(view) || dotted(t).equals(view)).toList();
    if (named.isEmpty()) {
      List<String> names = targets.stream().map(ProjectionTarget::address).distinct().toList();
      throw new ProblemException(
              ProblemType.UNKNOWN_VIEW,
              "There is no view '%s'; there are %s".formatted(view, names))
          .member("views", names);
    }
    List<ProjectionTarget> found =
        named.stream()
            .filter(t -> t.store() instanceof RebuildableStore)
            .filter(t -> store == null || t.storeName().equals(store))
            .toList();
    if (found.isEmpty()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "wanted a store that keeps '%s', one of %s; found '%s'"
              .formatted(view, named.stream().map(ProjectionTarget::storeName).toList(), store));
    }
    return found;
  }

  private static String dotted(ProjectionTarget target) {
    return target.view().domain() + "." + target.view().name();
  }
}
