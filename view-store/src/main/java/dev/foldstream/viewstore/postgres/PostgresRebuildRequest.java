package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildRules;
import dev.foldstream.viewstore.rebuild.RebuildRules.Wanted;
import dev.foldstream.viewstore.rebuild.RebuildState;
import org.jdbi.v3.core.Handle;

/** Writes down what operators ask for. The registry is locked meanwhile. */
final class PostgresRebuildRequest {

  private PostgresRebuildRequest() {}

  static Rebuild write(Handle handle, ViewDefinition view, RebuildKind kind) {
    var book = new PostgresBook(handle, view);
    Wanted wanted = RebuildRules.request(book, kind);
    wanted.remains().ifPresent(remains -> PostgresVersions.drop(handle, remains));
    if (wanted.isNew()) {
      PostgresRegistry.createBeside(handle, wanted.version(), book.declared());
    }
    PostgresRebuildTable.write(handle, wanted);
    return PostgresRebuildTable.find(handle, view).orElseThrow();
  }

  /** Writes a rebuild down when the live version was made for an earlier declaration. */
  static boolean writeIfChanged(Handle handle, ViewDefinition view) {
    boolean wanted = RebuildRules.isToBeRebuilt(new PostgresBook(handle, view));
    if (wanted) {
      write(handle, view, RebuildKind.REBUILD);
    }
    return wanted;
  }

  static boolean ask(Handle handle, ViewDefinition view, Asked asked) {
    Rebuild last = RebuildRules.ask(new PostgresBook(handle, view), asked);
    if (last.state() == RebuildState.FAILED) {
      RebuildRules.remains(last).ifPresent(remains -> PostgresVersions.drop(handle, remains));
      PostgresRebuildTable.forgetFailed(handle, view);
    } else {
      PostgresRebuildTable.ask(handle, view, asked);
    }
    return true;
  }
}
