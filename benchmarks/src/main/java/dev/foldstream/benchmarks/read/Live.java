package dev.foldstream.benchmarks.read;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import java.sql.SQLException;
import java.util.List;

/** The projector's worker catches up with the log, into PostgreSQL. */
final class Live implements Runs.Contender {

  private final ReadParts parts;
  private final Views views;
  private final PostgresViewStore store;
  private final Changes changes = new Changes();

  Live(ReadParts parts) {
    this.parts = parts;
    this.views = new Views(parts);
    this.store = views.postgres();
  }

  @Override
  public List<Throughput> run(int number) throws Exception {
    String name = "live-" + number;
    parts.execute("checkpoint");
    var target =
        Views.target(Views.view(name, ViewStoreKind.POSTGRESQL), ViewStoreKind.POSTGRESQL, store);
    try (var worker = views.worker(target)) {
      worker.start();
      Runs.await("the first event", () -> Views.hasRead(worker));
      var stretch = new Stretch(parts);
      Runs.await("all events in the view", () -> Views.isDone(worker));
      Throughput figure = stretch.end("Foldstream, live into PostgreSQL", Changes.EVENTS);
      check(parts, changes, "bank_live_" + number + "__v1");
      return List.of(figure);
    } finally {
      parts.execute("drop table if exists bank_live_%d__v1 cascade".formatted(number));
    }
  }

  /** Every row is what its events make of it. */
  static void check(ReadParts parts, Changes changes, String table) throws SQLException {
    require("rows", Changes.ACCOUNTS, parts.number("select count(*) from " + table));
    require("sum of seq", changes.sumOfSeq(), parts.number("select sum(seq) from " + table));
    require(
        "sum of balances",
        changes.sumOfBalances(),
        parts.number("select sum(balance) from " + table));
  }

  static void require(String what, long wanted, long found) {
    if (wanted != found) {
      throw new IllegalStateException("%s: wanted %d; found %d".formatted(what, wanted, found));
    }
  }
}
