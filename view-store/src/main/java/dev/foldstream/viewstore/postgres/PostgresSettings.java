package dev.foldstream.viewstore.postgres;

/**
 * How PostgreSQL is reached.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param poolSize connections at most, beside one that listens while somebody waits for a position
 */
public record PostgresSettings(String url, String user, String password, int poolSize) {

  public static final int DEFAULT_POOL_SIZE = 10;

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
