package dev.foldstream.viewstore.rebuild;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rows.Declaration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may be asked of a view's versions, and what follows from it: the same in every store. */
public final class RebuildRules {

  private RebuildRules() {}

  /**
   * A rebuild that may be written down.
   *
   * @param remains what a failed one left, to be dropped
   */
  public record Wanted(
      ViewVersion version, RebuildKind kind, boolean changed, Optional<ViewVersion> remains) {

    /** Whether the version has to be made. */
    public boolean isNew() {
      return kind != RebuildKind.ROLLBACK;
    }
  }

  /** One at a time, beside a live version. */
  public static Wanted request(VersionBook book, RebuildKind kind) {
    ViewDefinition view = book.view();
    if (book.live().isEmpty()) {
      throw new RebuildRefusedException(
          "A live version is built beside; %s has none yet".formatted(view.path()));
    }
    var live = new ViewVersion(view, book.live().getAsInt());
    Optional<Rebuild> last = book.last();
    last.ifPresent(RebuildRules::refuseSecond);
    return new Wanted(
        kind == RebuildKind.ROLLBACK ? retired(book) : new ViewVersion(view, next(book)),
        kind,
        !isDeclaredAs(book, live),
        last.flatMap(RebuildRules::remains));
  }

  private static void refuseSecond(Rebuild last) {
    if (!last.state().ended()) {
      throw new RebuildRefusedException(
          "A view has one rebuild at a time; a %s of %s goes on and is %s. Wait for its end, or cancel it"
              .formatted(last.kind(), last.version(), last.state()));
    }
  }

  /** What a rebuild that failed left. */
  public static Optional<ViewVersion> remains(Rebuild last) {
    return last.state() == RebuildState.FAILED && last.kind() != RebuildKind.ROLLBACK
        ? Optional.of(last.version())
        : Optional.empty();
  }

  private static int next(VersionBook book) {
    int kept = book.numbers().isEmpty() ? 0 : book.numbers().last();
    int before = book.last().map(rebuild -> rebuild.version().number()).orElse(0);
    return Math.max(Math.max(kept, before), book.highest()) + 1;
  }

  private static ViewVersion retired(VersionBook book) {
    int before = book.liveBefore().orElse(0);
    if (!book.numbers().contains(before)) {
      throw new RebuildRefusedException(
          "A rollback goes to the version that was live before; %s has none"
              .formatted(book.view().path()));
    }
    var version = new ViewVersion(book.view(), before);
    if (book.quarantined(version) > 0) {
      throw new RebuildRefusedException(
          "Rows of %s wait for quarantined events, so it cannot be brought up to date. Rebuild the view with the code that is to be live"
              .formatted(version));
    }
    List<String> differences =
        book.declaration(version)
            .map(kept -> Declaration.differences(kept, book.declared()))
            .orElse(List.of());
    if (!differences.isEmpty()) {
      throw new RebuildRefusedException(
          "%s was made for another declaration: %s. Roll back with the code it was made for"
              .formatted(version, String.join("; ", differences)));
    }
    return version;
  }

  /** Whether the live version was made for an earlier declaration, and no rebuild goes on. */
  public static boolean isToBeRebuilt(VersionBook book) {
    boolean goesOn = book.last().map(rebuild -> !rebuild.state().ended()).orElse(false);
    return !goesOn
        && book.live().isPresent()
        && book.declaration(new ViewVersion(book.view(), book.live().getAsInt()))
            .map(kept -> Declaration.isChangedBy(kept, book.declared()))
            .orElse(false);
  }

  /**
   * Whether the version is what the code that runs declares. While an upgrade goes on, other code
   * may run beside this one and must not do its work.
   */
  public static boolean isDeclaredAs(VersionBook book, ViewVersion version) {
    return book.declaration(version)
        .map(kept -> Declaration.differences(kept, book.declared()).isEmpty())
        .orElse(false);
  }

  /** Refuses what could not be done to the last rebuild; returns it. */
  public static Rebuild ask(VersionBook book, Asked asked) {
    String view = book.view().path();
    Rebuild last =
        book.last()
            .orElseThrow(() -> new RebuildRefusedException("%s has no rebuild".formatted(view)));
    if (asked == Asked.CANCEL && last.state() == RebuildState.FAILED) {
      return last;
    }
    if (last.state().ended()) {
      throw new RebuildRefusedException(
          "A rebuild that goes on was wanted; the last %s of %s is %s"
              .formatted(last.kind(), view, last.state()));
    }
    if (asked == Asked.SWITCH && last.state() != RebuildState.READY) {
      throw new RebuildRefusedException(
          "A version that is ready was wanted; %s is %s".formatted(last.version(), last.state()));
    }
    return last;
  }

  /** In order of number. */
  public static List<KeptVersion> versions(VersionBook book) {
    int live = book.live().orElse(0);
    Optional<Rebuild> last = book.last();
    return book.numbers().stream()
        .map(number -> new KeptVersion(number, state(number, live, last)))
        .toList();
  }

  private static VersionState state(int number, int live, Optional<Rebuild> last) {
    if (number == live) {
      return VersionState.LIVE;
    }
    return last.filter(rebuild -> rebuild.version().number() == number)
        .filter(rebuild -> rebuild.kind() != RebuildKind.ROLLBACK)
        .map(rebuild -> built(rebuild.state()))
        .orElse(VersionState.RETIRED);
  }

  private static VersionState built(RebuildState state) {
    return switch (state) {
      case WAITING, LOADING, INDEXING, COMPARING -> VersionState.BUILDING;
      case READY, SWITCHING -> VersionState.READY;
      case DONE, CANCELLED -> VersionState.RETIRED;
      case FAILED -> VersionState.FAILED;
    };
  }

  /** Those that no rollback goes to. */
  public static List<ViewVersion> unneeded(VersionBook book) {
    int before = book.liveBefore().orElse(0);
    return versions(book).stream()
        .filter(version -> version.state() == VersionState.RETIRED)
        .filter(version -> version.number() != before)
        .map(version -> new ViewVersion(book.view(), version.number()))
        .toList();
  }

  /** Tokens that the live version has met must be met by the next one. */
  public static void refuseBehind(
      ViewVersion live,
      Map<TopicPartitionName, Position> seen,
      ViewVersion next,
      Map<TopicPartitionName, Position> built) {
    seen.forEach(
        (partition, position) -> {
          long reached = built.getOrDefault(partition, Position.START).sequence();
          if (reached < position.sequence()) {
            throw new ViewStoreUnavailableException(
                "%s is at sequence %d of %s, behind %s, which is at %d: not switched"
                    .formatted(next, reached, partition, live, position.sequence()),
                new IllegalStateException());
          }
        });
  }
}
