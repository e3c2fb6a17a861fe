package dev.foldstream.benchmarks.read;

import dev.foldstream.devservices.DevServices;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Where the servers of a run are, and which processes they are; -1 for one that is not used. */
public record ReadParts(
    String kafka,
    long kafkaPid,
    String registry,
    String database,
    String user,
    String password,
    long postgresPid,
    String elasticsearch,
    long elasticsearchPid) {

  private static final String NONE = "-";

  static ReadParts of(DevServices services, boolean postgres, boolean elasticsearch) {
    return new ReadParts(
        services.kafka().bootstrapServers(),
        services.kafka().pid(),
        services.registry().url(),
        postgres ? services.postgres().newDatabase("bench") : NONE,
        postgres ? services.postgres().user() : NONE,
        postgres ? services.postgres().password() : NONE,
        postgres ? services.postgres().pid() : -1,
        elasticsearch ? services.elasticsearch().url() : NONE,
        elasticsearch ? services.elasticsearch().pid() : -1);
  }

  List<String> arguments() {
    return List.of(
        kafka,
        Long.toString(kafkaPid),
        registry,
        database,
        user,
        password,
        Long.toString(postgresPid),
        elasticsearch,
        Long.toString(elasticsearchPid));
  }

  /** From the arguments that follow the first so many. */
  public static ReadParts parse(String[] arguments, int from) {
    return new ReadParts(
        arguments[from],
        Long.parseLong(arguments[from + 1]),
        arguments[from + 2],
        arguments[from + 3],
        arguments[from + 4],
        arguments[from + 5],
        Long.parseLong(arguments[from + 6]),
        arguments[from + 7],
        Long.parseLong(arguments[from + 8]));
  }

  public Connection connection() throws SQLException {
    return DriverManager.getConnection(database, user, password);
  }

  URI elasticsearchUri() {
    return URI.create(elasticsearch);
  }

  /** The first column of the first row. */
  public long number(String sql) throws SQLException {
    try (var connection = connection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  public void execute(String... statements) throws SQLException {
    try (var connection = connection();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
