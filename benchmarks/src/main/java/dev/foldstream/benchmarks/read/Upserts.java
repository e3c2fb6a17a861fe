package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.account.AccountEvent.Changed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The limit: {@code unnest} upserts and a position in one transaction, rows already in memory. */
final class Upserts implements Runs.Contender {

  private static final int BATCH = 5_000;
  private static final String UPSERT =
      """
      insert into bare as t
      select * from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[],
                           ?::bigint[], ?::text[])
      on conflict (id) do update
        set name = excluded.name, balance = excluded.balance, status = excluded.status,
            city = excluded.city, updated = excluded.updated, seq = excluded.seq,
            note = excluded.note
      where t.seq < excluded.seq
      """;
  private static final String POSITION =
      "insert into bare_position values (?, ?) on conflict (part) do update set pos = excluded.pos";

  private final ReadParts parts;
  private final int connections;
  private final Rows rows = new Rows();
  private final Changes changes = new Changes();

  Upserts(ReadParts parts, int connections) {
    this.parts = parts;
    this.connections = connections;
  }

  @Override
  public List<Throughput> run(int number) throws Exception {
    parts.execute(
        "drop table if exists bare, bare_position",
        Rows.TABLE,
        "create table bare_position(part int primary key, pos bigint)",
        "checkpoint");
    Throughput figure;
    var all = new ArrayList<Connection>();
    try (var threads = Executors.newFixedThreadPool(connections)) {
      for (int part = 0; part < connections; part++) {
        all.add(parts.connection());
      }
      var stretch = new Stretch(parts);
      List<Future<?>> work =
          IntStream.range(0, connections)
              .<Future<?>>mapToObj(part -> threads.submit(() -> write(all.get(part), part)))
              .toList();
      for (Future<?> one : work) {
        one.get();
      }
      figure =
          stretch.end("bare unnest upserts, %d connections".formatted(connections), Changes.EVENTS);
    } finally {
      for (Connection one : all) {
        one.close();
      }
    }
    Live.require("sum of seq", changes.sumOfSeq(), parts.number("select sum(seq) from bare"));
    return List.of(figure);
  }

  private Void write(Connection connection, int part) throws SQLException {
    try (var upsert = connection.prepareStatement(UPSERT);
        var position = connection.prepareStatement(POSITION)) {
      connection.setAutoCommit(false);
      int each = BATCH * connections;
      for (int from = 0; from < Changes.EVENTS; from += each) {
        bind(upsert, rows.last(from, from + each, part, connections));
        upsert.executeUpdate();
        position.setInt(1, part);
        position.setLong(2, from);
        position.executeUpdate();
        connection.commit();
      }
    }
    return null;
  }

  private static void bind(PreparedStatement upsert, Map<Integer, Changed> last)
      throws SQLException {
    array(upsert, 1, "text", last.keySet().stream().map(Changes::id).toArray());
    array(upsert, 2, "text", column(last, Changed::name));
    array(upsert, 3, "bigint", column(last, Changed::amount));
    array(upsert, 4, "text", column(last, Changed::status));
    array(upsert, 5, "text", column(last, Changed::city));
    array(upsert, 6, "bigint", column(last, event -> Rows.micros(event.updated())));
    array(upsert, 7, "bigint", column(last, Changed::seq));
    array(upsert, 8, "text", column(last, Changed::note));
  }

  private static Object[] column(Map<Integer, Changed> last, Function<Changed, Object> value) {
    return last.values().stream().map(value).toArray();
  }

  private static void array(PreparedStatement upsert, int index, String type, Object[] values)
      throws SQLException {
    upsert.setArray(index, upsert.getConnection().createArrayOf(type, values));
  }
}
