package dev.foldstream.benchmarks.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldstream.benchmarks.account.AccountEvent.Changed;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The other limit: as many distinct rows by {@code COPY BINARY}, in no order, primary key there.
 * The connection stays open until the figures are taken: what a server process used that has just
 * ended is counted nowhere for a moment.
 */
final class Copying implements Runs.Contender {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int SENT_AT_ONCE = 64 * 1024;
  private static final int COLUMNS = 8;

  private final ReadParts parts;
  private final Rows rows = new Rows();

  Copying(ReadParts parts) {
    this.parts = parts;
  }

  @Override
  public List<Throughput> run(int number) throws Exception {
    parts.execute("drop table if exists bare", Rows.TABLE, "checkpoint");
    Throughput figure;
    try (var connection = parts.connection()) {
      var stretch = new Stretch(parts);
      copy(connection);
      figure = stretch.end("bare COPY BINARY", Changes.EVENTS);
    }
    Live.require("rows", Changes.EVENTS, parts.number("select count(*) from bare"));
    return List.of(figure);
  }

  private void copy(Connection connection) throws SQLException, IOException {
    var bytes = new ByteArrayOutputStream(2 * SENT_AT_ONCE);
    var out = new DataOutputStream(bytes);
    var copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy bare from stdin (format binary)");
    out.write(SIGNATURE);
    for (int i = 0; i < Changes.EVENTS; i++) {
      row(out, rows.account(i), i);
      if (bytes.size() > SENT_AT_ONCE) {
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        bytes.reset();
      }
    }
    out.writeShort(-1);
    copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
    copy.endCopy();
  }

  private void row(DataOutputStream out, int account, int i) throws IOException {
    Changed event = rows.event(i);
    out.writeShort(COLUMNS);
    text(out, Changes.id(account) + "-" + i);
    text(out, event.name());
    number(out, event.amount());
    text(out, event.status());
    text(out, event.city());
    number(out, Rows.micros(event.updated()));
    number(out, event.seq());
    text(out, event.note());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void number(DataOutputStream out, long number) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(number);
  }
}
