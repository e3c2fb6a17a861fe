package dev.foldstream.devservices.databases;

import dev.foldstream.devservices.parts.DevServiceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Databases and settings of a running PostgreSQL on this machine. */
public record PostgresDatabases(int port, String user, String password) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final String MAINTENANCE = "postgres";
  private static final int CONNECT_TIMEOUT_SECONDS = 10;

  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=%d"
        .formatted(port, database, CONNECT_TIMEOUT_SECONDS);
  }

  public String setting(String name) {
    try (var connection = connect();
        var statement = connection.prepareStatement("select current_setting(?)")) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new DevServiceException("Asking PostgreSQL for " + name, e);
    }
  }

  public void createIfAbsent(String database) {
    try (var connection = connect()) {
      if (!exists(connection, database)) {
        execute(connection, "create database " + checked(database));
      }
    } catch (SQLException e) {
      throw new DevServiceException("Making the database " + database, e);
    }
  }

  /** Drops a database of this name first. */
  public void createAnew(String database) {
    try (var connection = connect()) {
      execute(connection, "drop database if exists " + checked(database) + " with (force)");
      execute(connection, "create database " + checked(database));
    } catch (SQLException e) {
      throw new DevServiceException("Making the database " + database, e);
    }
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    try (var statement =
        connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      statement.setString(1, database);
      try (var row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static String checked(String database) {
    if (!NAME.matcher(database).matches()) {
      throw new IllegalArgumentException(
          "Wanted a database name like %s, found %s".formatted(NAME, database));
    }
    return database;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(MAINTENANCE), user, password);
  }
}
