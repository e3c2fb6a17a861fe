package dev.foldstream.benchmarks.write;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.foldstream.benchmarks.wallet.WalletDomain;
import dev.foldstream.benchmarks.wallet.WalletEvent.Added;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/**
 * What a team writes by hand: one table of events in PostgreSQL, unique by stream and version. One
 * transaction for each command: read the stream, fold it, insert, commit; a conflict is tried
 * again.
 *
 * <p>Arguments: the JDBC URL, user, password, the postmaster's pid, the rounds.
 */
public final class EventsTable {

  static final String NAME = "hand-written events table";

  private static final int CONNECTIONS = 16;
  private static final int MAX_ATTEMPTS = 6;
  private static final String UNIQUE_VIOLATION = "23505";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HikariDataSource connections;

  private EventsTable(HikariDataSource connections) {
    this.connections = connections;
  }

  public static void main(String[] arguments) throws Exception {
    var config = new HikariConfig();
    config.setJdbcUrl(arguments[0]);
    config.setUsername(arguments[1]);
    config.setPassword(arguments[2]);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setAutoCommit(false);
    try (var connections = new HikariDataSource(config)) {
      var table = new EventsTable(connections);
      table.create();
      new Contender(
              NAME,
              table::append,
              Thread.ofPlatform().factory(),
              Long.parseLong(arguments[3]),
              Contender.Rounds.parse(arguments[4]))
          .run();
    }
  }

  private void create() throws SQLException {
    try (var connection = connections.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          create table events(
            pos bigint generated always as identity primary key,
            stream_id text not null,
            version int not null,
            type text not null,
            payload bytea not null,
            created timestamptz not null default now(),
            unique (stream_id, version))
          """);
      connection.commit();
    }
  }

  private void append(int aggregate) throws SQLException, IOException {
    String stream = String.format(Locale.ROOT, "wallet-%08d", aggregate);
    for (int attempt = 1; ; attempt++) {
      try (var connection = connections.getConnection()) {
        try {
          append(connection, stream);
          connection.commit();
          return;
        } catch (SQLException failed) {
          connection.rollback();
          if (!UNIQUE_VIOLATION.equals(failed.getSQLState()) || attempt == MAX_ATTEMPTS) {
            throw failed;
          }
        }
      }
    }
  }

  private static void append(Connection connection, String stream)
      throws SQLException, IOException {
    int version = 0;
    long balance = 0;
    try (var select =
        connection.prepareStatement(
            "select version, type, payload from events where stream_id = ? order by version")) {
      select.setString(1, stream);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          version = rows.getInt(1);
          balance += JSON.readValue(rows.getBytes(3), Added.class).amount();
        }
      }
    }
    if (balance < 0) {
      throw new IllegalStateException("a balance below zero");
    }
    insert(connection, stream, version + 1);
  }

  private static void insert(Connection connection, String stream, int version)
      throws SQLException, IOException {
    try (var insert =
        connection.prepareStatement(
            "insert into events(stream_id, version, type, payload) values (?, ?, ?, ?)")) {
      insert.setString(1, stream);
      insert.setInt(2, version);
      insert.setString(3, "Added");
      insert.setBytes(4, JSON.writeValueAsBytes(new Added(7, WalletDomain.NOTE)));
      insert.executeUpdate();
    }
  }
}
