package dev.foldstream.benchmarks.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;

/**
 * The least one can write: the JDK's server on virtual threads, and a prepared statement whose row
 * is put together as JSON by hand. Answers {@code /row/<key>} and {@code /page}.
 */
public final class BareServer {

  private static final String SELECT =
      """
      select row_key, revision, order_id, customer_id, status, currency, total, lines, placed_at,
             updated_at, reason
        from commerce_order_details
      """;
  private static final String ROW = SELECT + " where row_key = ?";
  private static final String PAGE =
      SELECT
          + """
           where status = ?::text and total >= ?::numeric
           order by placed_at desc, row_key desc limit 51
          """;
  private static final int CONNECTIONS = 10;
  private static final int FIRST_COLUMN = 3;
  private static final String[] NAMES = {
    "orderId",
    "customerId",
    "status",
    "currency",
    "total",
    "lines",
    "placedAt",
    "updatedAt",
    "reason"
  };

  /** One of the questions. */
  @FunctionalInterface
  private interface Question {
    void ask(PreparedStatement statement, String path) throws SQLException;
  }

  private final HikariDataSource pool;

  private BareServer(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Arguments: port, JDBC URL, user, password. */
  public static void main(String[] arguments) throws IOException {
    var bare = new BareServer(pool(arguments));
    var address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    var server = HttpServer.create(address, 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/health", exchange -> send(exchange, "up"));
    server.createContext("/row/", exchange -> bare.answer(exchange, ROW, BareServer::bindKey));
    server.createContext("/page", exchange -> bare.answer(exchange, PAGE, BareServer::bindPage));
    server.start();
  }

  private static HikariDataSource pool(String[] arguments) {
    var config = new HikariConfig();
    config.setJdbcUrl(arguments[1]);
    config.setUsername(arguments[2]);
    config.setPassword(arguments[3]);
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  private static void bindKey(PreparedStatement statement, String path) throws SQLException {
    statement.setString(1, path.substring("/row/".length()));
  }

  private static void bindPage(PreparedStatement statement, String path) throws SQLException {
    statement.setString(1, "PLACED");
    statement.setString(2, "100");
  }

  private void answer(HttpExchange exchange, String sql, Question question) throws IOException {
    try (var connection = pool.getConnection();
        var statement = connection.prepareStatement(sql)) {
      question.ask(statement, exchange.getRequestURI().getPath());
      try (ResultSet rows = statement.executeQuery()) {
        var text = new StringBuilder("[");
        while (rows.next()) {
          row(rows, text);
        }
        send(exchange, text.append(']').toString());
      }
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
  }

  private static void row(ResultSet rows, StringBuilder text) throws SQLException {
    text.append(text.length() == 1 ? "{" : ",{");
    for (int i = 0; i < NAMES.length; i++) {
      String value = rows.getString(FIRST_COLUMN + i);
      text.append(i == 0 ? "\"" : ",\"").append(NAMES[i]).append("\":");
      if (value == null || NAMES[i].equals("lines")) {
        text.append(value);
      } else {
        text.append('"').append(value).append('"');
      }
    }
    text.append('}');
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
