package dev.foldstream.viewstore.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The pool and its limits; nothing is left to a library's default that decides how long we wait.
 */
final class PostgresConnections {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration BORROW_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

  /**
   * A process that stands still within a transaction holds rows that its successor needs; the
   * database ends the transaction for it. Longer than any pause of one that works.
   */
  private static final Duration STANDSTILL_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);

  private PostgresConnections() {}

  /** Connects when it is first used, so that a host starts while the database is away. */
  static HikariDataSource pool(PostgresSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("foldstream-views");
    config.setDataSource(source(settings, SOCKET_TIMEOUT));
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(Math.min(2, settings.poolSize()));
    config.setConnectionTimeout(BORROW_TIMEOUT.toMillis());
    config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(true);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new HikariDataSource(config);
  }

  /**
   * A connection of its own whose answers may take long: for listening, and for building an index.
   */
  static Connection patient(PostgresSettings settings) throws SQLException {
    return source(settings, Duration.ZERO).getConnection();
  }

  private static PGSimpleDataSource source(PostgresSettings settings, Duration socketTimeout) {
    var source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setApplicationName("foldstream");
    source.setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toSeconds()));
    source.setLoginTimeout(Math.toIntExact(CONNECT_TIMEOUT.toSeconds()));
    source.setSocketTimeout(Math.toIntExact(socketTimeout.toSeconds()));
    source.setTcpKeepAlive(true);
    source.setOptions(
        "-c statement_timeout=%d -c idle_in_transaction_session_timeout=%d"
            .formatted(settings.statementTimeout().toMillis(), STANDSTILL_TIMEOUT.toMillis()));
    source.setPreparedStatementCacheQueries(256);
    source.setBinaryTransferEnable(BinaryArray.SENT_BINARY);
    return source;
  }
}
