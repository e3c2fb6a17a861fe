package dev.foldstream.viewstore.postgres;

import java.time.Duration;

/**
 * How PostgreSQL is reached.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param poolSize connections at most, beside one that listens while somebody waits for a position
 * @param statementTimeout how long a statement runs at most
 */
public record PostgresSettings(
    String url, String user, String password, int poolSize, Duration statementTimeout) {

  public static final int DEFAULT_POOL_SIZE = 10;

  public static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofSeconds(30);

  public PostgresSettings(String url, String user, String password, int poolSize) {
    this(url, user, password, poolSize, DEFAULT_STATEMENT_TIMEOUT);
  }

  public PostgresSettings {
    if (poolSize < 1) {
      throw new IllegalArgumentException(
          "a pool has at least one connection; foldstream.postgresql.pool-size is " + poolSize);
    }
  }

  @Override
  public String toString() {
    return url + " as " + user;
  }
}
