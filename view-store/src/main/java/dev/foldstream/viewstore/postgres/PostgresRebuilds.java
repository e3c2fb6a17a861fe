package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.Rebuild.Progress;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildRules;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Versions as tables beside each other, in one database with their positions. */
final class PostgresRebuilds implements ViewRebuilds {

  private final Jdbi jdbi;
  private final Jdbi patient;

  PostgresRebuilds(Jdbi jdbi, Jdbi patient) {
    this.jdbi = jdbi;
    this.patient = patient;
  }

  @Override
  public Rebuild request(ViewDefinition view, RebuildKind kind) {
    return inLockedTransaction(
        "write down a %s of %s".formatted(kind, view.path()),
        handle -> PostgresRebuildRequest.write(handle, view, kind));
  }

  private interface Work<T> {
    T in(Handle handle);
  }

  private <T> T inLockedTransaction(String wanted, Work<T> work) {
    return PostgresFailures.translated(
        wanted,
        () ->
            patient.inTransaction(
                handle -> {
                  PostgresRegistry.lock(handle);
                  return work.in(handle);
                }));
  }

  private <T> T inTransaction(String wanted, Work<T> work) {
    return PostgresFailures.translated(wanted, () -> jdbi.inTransaction(work::in));
  }

  /** Before the first {@code prepare} there are no tables to ask. */
  private <T> T read(String wanted, T whenNotPrepared, Work<T> work) {
    try {
      return jdbi.withHandle(work::in);
    } catch (JdbiException failure) {
      if (PostgresFailures.undefinedTable(failure)) {
        return whenNotPrepared;
      }
      throw PostgresFailures.translate(wanted, failure);
    }
  }

  @Override
  public Optional<Rebuild> last(ViewDefinition view) {
    return read(
        "read the rebuild of " + view.path(),
        Optional.empty(),
        handle -> PostgresRebuildTable.find(handle, view));
  }

  @Override
  public List<KeptVersion> versions(ViewDefinition view) {
    return read(
        "read the versions of " + view.path(),
        List.of(),
        handle -> RebuildRules.versions(new PostgresBook(handle, view)));
  }

  @Override
  public void ask(ViewDefinition view, Asked asked) {
    inLockedTransaction(
        "ask for %s of %s".formatted(asked, view.path()),
        handle -> PostgresRebuildRequest.ask(handle, view, asked));
  }

  @Override
  public Optional<Rebuild> take(ViewDefinition view, String owner, Duration lease, int atOnce) {
    boolean waits = last(view).map(rebuild -> !rebuild.state().ended()).orElse(false);
    if (!waits) {
      return Optional.empty();
    }
    return inLockedTransaction(
        "take the rebuild of " + view.path(),
        handle ->
            PostgresRebuildTable.find(handle, view)
                .filter(
                    rebuild ->
                        RebuildRules.isDeclaredAs(
                            new PostgresBook(handle, view), rebuild.version()))
                .filter(rebuild -> PostgresRebuildTable.take(handle, view, owner, lease, atOnce))
                .flatMap(rebuild -> PostgresRebuildTable.find(handle, view)));
  }

  @Override
  public boolean requestIfChanged(ViewDefinition view) {
    return inLockedTransaction(
        "look whether %s was changed".formatted(view.path()),
        handle -> PostgresRebuildRequest.writeIfChanged(handle, view));
  }

  @Override
  public Asked keep(
      Rebuild rebuild, RebuildState state, @Nullable String reason, Progress progress) {
    return inTransaction(
        "keep the rebuild of " + rebuild.version(),
        handle -> PostgresRebuildTable.keep(handle, rebuild, state, reason, progress));
  }

  @Override
  public void release(Rebuild rebuild) {
    inTransaction(
        "give back the rebuild of " + rebuild.version(),
        handle -> {
          PostgresRebuildTable.release(handle, rebuild);
          return true;
        });
  }

  @Override
  public boolean isEmpty(ViewVersion version) {
    return inTransaction(
        "look into " + version,
        handle ->
            handle
                .select(
                    "select not exists (select 1 from \"%s\")"
                        .formatted(new PostgresTable(version).name()))
                .mapTo(Boolean.class)
                .one());
  }

  @Override
  public Map<String, StoredRow> write(ViewBatch batch) {
    return inTransaction(
        "write %d rows of %s".formatted(batch.changes().size(), batch.version()),
        handle -> {
          PostgresPositions.move(handle, batch);
          PostgresLoad.write(handle, new PostgresTable(batch.version()), batch.changes());
          return Map.of();
        });
  }

  @Override
  public void finishLoad(ViewVersion version) {
    var table = new PostgresTable(version);
    PostgresFailures.translated(
        "make the indexes of " + version,
        () -> {
          patient.useTransaction(
              handle -> {
                handle.execute("set local statement_timeout = '6h'");
                table.createIndexes().forEach(handle::execute);
                handle.execute("analyze \"%s\"".formatted(table.name()));
              });
          return true;
        });
  }

  @Override
  public Map<TopicPartitionName, Position> livePositions(ViewDefinition view) {
    return inTransaction("read the positions of " + view.path(), handle -> positions(handle, view));
  }

  static Map<TopicPartitionName, Position> positions(Handle handle, ViewDefinition view) {
    var positions = new TreeMap<TopicPartitionName, Position>();
    PostgresPositions.ofLiveVersion(handle, view)
        .forEach((partition, owned) -> positions.put(partition, owned.position()));
    return positions;
  }

  @Override
  public Comparison compare(Rebuild rebuild, CatchUp catchUp) {
    ViewVersion built = rebuild.version();
    String wanted = "compare %s with the live version".formatted(built);
    try (var snapshot =
        PostgresFailures.translated(wanted, () -> PostgresSnapshot.open(patient, built.view()))) {
      catchUp.to(snapshot.positions());
      Comparison comparison = PostgresFailures.translated(wanted, () -> snapshot.compare(built));
      inTransaction(
          "keep the comparison of " + built,
          handle -> {
            PostgresRebuildTable.compared(handle, rebuild, comparison);
            return true;
          });
      return comparison;
    }
  }

  @Override
  public void makeLive(Rebuild rebuild, CatchUp last) {
    PostgresFailures.translated(
        "make %s live".formatted(rebuild.version()),
        () -> {
          patient.useTransaction(handle -> PostgresSwitch.makeLive(handle, rebuild, last));
          return true;
        });
    inLockedTransaction(
        "drop the versions that no rollback needs",
        handle -> PostgresVersions.dropUnneeded(handle, rebuild.version().view()));
  }

  @Override
  public void end(Rebuild rebuild, RebuildState state, @Nullable String reason) {
    if (!state.ended()) {
      throw new IllegalArgumentException("an end was wanted; found " + state);
    }
    inLockedTransaction(
        "end the rebuild of " + rebuild.version(),
        handle -> {
          PostgresRebuildTable.end(handle, rebuild, state, reason);
          if (state != RebuildState.FAILED && rebuild.kind() != RebuildKind.ROLLBACK) {
            PostgresVersions.drop(handle, rebuild.version());
          }
          return true;
        });
  }
}
