package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildRefusedException;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rows.Declaration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;

/** What operators ask for, or why it is refused. The registry is locked meanwhile. */
final class PostgresRebuildRequest {

  private PostgresRebuildRequest() {}

  static Rebuild write(Handle handle, ViewDefinition view, RebuildKind kind) {
    ViewVersion live =
        PostgresRegistry.liveVersion(handle, view)
            .map(number -> new ViewVersion(view, number))
            .orElseThrow(
                () ->
                    new RebuildRefusedException(
                        "A live version is built beside; %s has none yet".formatted(view.path())));
    Optional<Rebuild> last = PostgresRebuildTable.find(handle, view);
    last.ifPresent(rebuild -> clear(handle, rebuild));
    SortedMap<String, String> declared = Declaration.of(view.feature());
    boolean changed =
        !PostgresRegistry.kept(handle, live)
            .map(kept -> Declaration.differences(kept, declared).isEmpty())
            .orElse(false);
    ViewVersion version =
        kind == RebuildKind.ROLLBACK
            ? retired(handle, view, declared)
            : beside(handle, view, last, declared);
    PostgresRebuildTable.write(handle, version, kind, changed);
    return PostgresRebuildTable.find(handle, view).orElseThrow();
  }

  /** Writes a rebuild down when the live version was made for an earlier declaration. */
  static boolean writeIfChanged(Handle handle, ViewDefinition view) {
    Optional<Integer> live = PostgresRegistry.liveVersion(handle, view);
    boolean changed =
        live.flatMap(number -> PostgresRegistry.kept(handle, new ViewVersion(view, number)))
            .map(kept -> Declaration.isChangedBy(kept, view.feature()))
            .orElse(false);
    boolean goesOn =
        PostgresRebuildTable.find(handle, view)
            .map(rebuild -> !rebuild.state().ended())
            .orElse(false);
    if (!changed || goesOn) {
      return false;
    }
    write(handle, view, RebuildKind.REBUILD);
    return true;
  }

  /** While an upgrade goes on, other code may run beside this one and must not do its work. */
  static boolean isOfThisCode(Handle handle, Rebuild rebuild) {
    SortedMap<String, String> declared = Declaration.of(rebuild.version().view().feature());
    return PostgresRegistry.kept(handle, rebuild.version())
        .map(kept -> Declaration.differences(kept, declared).isEmpty())
        .orElse(false);
  }

  /** One at a time; what a failed one left is dropped. */
  private static void clear(Handle handle, Rebuild last) {
    if (!last.state().ended()) {
      throw new RebuildRefusedException(
          "A view has one rebuild at a time; a %s of %s goes on and is %s. Wait for its end, or cancel it"
              .formatted(last.kind(), last.version(), last.state()));
    }
    dropRemains(handle, last);
  }

  private static void dropRemains(Handle handle, Rebuild last) {
    if (last.state() == RebuildState.FAILED && last.kind() != RebuildKind.ROLLBACK) {
      PostgresVersions.drop(handle, last.version());
    }
  }

  private static ViewVersion beside(
      Handle handle,
      ViewDefinition view,
      Optional<Rebuild> last,
      SortedMap<String, String> declared) {
    int highest =
        PostgresVersions.numbers(handle, view).stream().mapToInt(number -> number).max().orElse(0);
    int before = last.map(rebuild -> rebuild.version().number()).orElse(0);
    var version = new ViewVersion(view, Math.max(highest, before) + 1);
    PostgresRegistry.createBeside(handle, version, declared);
    return version;
  }

  private static ViewVersion retired(
      Handle handle, ViewDefinition view, SortedMap<String, String> declared) {
    int number =
        PostgresRebuildTable.liveBefore(handle, view)
            .filter(PostgresVersions.numbers(handle, view)::contains)
            .orElseThrow(
                () ->
                    new RebuildRefusedException(
                        "A rollback goes to the version that was live before; %s has none"
                            .formatted(view.path())));
    var version = new ViewVersion(view, number);
    if (quarantined(handle, version) > 0) {
      throw new RebuildRefusedException(
          "Rows of %s wait for quarantined events, so it cannot be brought up to date. Rebuild the view with the code that is to be live"
              .formatted(version));
    }
    List<String> differences =
        PostgresRegistry.kept(handle, version)
            .map(kept -> Declaration.differences(kept, declared))
            .orElse(List.of());
    if (!differences.isEmpty()) {
      throw new RebuildRefusedException(
          "%s was made for another declaration: %s. Roll back with the code it was made for"
              .formatted(version, String.join("; ", differences)));
    }
    return version;
  }

  private static long quarantined(Handle handle, ViewVersion version) {
    return handle
        .select(
            "select count(*) from foldstream_quarantine where domain = ? and view = ? and version = ?")
        .bind(0, version.view().domain())
        .bind(1, version.view().name())
        .bind(2, version.number())
        .mapTo(Long.class)
        .one();
  }

  static boolean ask(Handle handle, ViewDefinition view, Asked asked) {
    Rebuild last =
        PostgresRebuildTable.find(handle, view)
            .orElseThrow(
                () -> new RebuildRefusedException("%s has no rebuild".formatted(view.path())));
    if (asked == Asked.CANCEL && last.state() == RebuildState.FAILED) {
      dropRemains(handle, last);
      PostgresRebuildTable.forgetFailed(handle, view);
      return true;
    }
    if (last.state().ended()) {
      throw new RebuildRefusedException(
          "A rebuild that goes on was wanted; the last %s of %s is %s"
              .formatted(last.kind(), view.path(), last.state()));
    }
    if (asked == Asked.SWITCH && last.state() != RebuildState.READY) {
      throw new RebuildRefusedException(
          "A version that is ready was wanted; %s is %s".formatted(last.version(), last.state()));
    }
    PostgresRebuildTable.ask(handle, view, asked);
    return true;
  }
}
