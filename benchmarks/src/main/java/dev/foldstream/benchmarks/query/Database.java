package dev.foldstream.benchmarks.query;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where the rows and events of all questions lie. */
record Database(String url, String user, String password) {

  private static final int CONNECTIONS = 2;

  /** The one that an earlier call has filled in this directory, or a new one. */
  static Database filledOnce(Path directory, DevServices services) throws IOException {
    var postgres = services.postgres();
    Path filled = directory.resolve("filled");
    if (Files.exists(filled)) {
      return new Database(Files.readString(filled), postgres.user(), postgres.password());
    }
    var database =
        new Database(postgres.newDatabase("queries"), postgres.user(), postgres.password());
    Orders.fill(database);
    Streams.fill(database, services.registry().url());
    Files.writeString(filled, database.url());
    return database;
  }

  PostgresSettings settings() {
    return new PostgresSettings(url, user, password, CONNECTIONS);
  }

  void execute(String... statements) {
    try (var connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("cannot fill " + url, failed);
    }
  }
}
