package dev.foldstream.host.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Where PostgreSQL is.
 *
 * @param poolSize connections that one host holds at most
 */
@Context
@ConfigurationProperties("foldstream.postgresql")
public record PostgresqlSettings(
    @Bindable(defaultValue = "jdbc:postgresql://127.0.0.1:5432/foldstream") String url,
    @Bindable(defaultValue = "foldstream") String user,
    @Bindable(defaultValue = "") String password,
    @Bindable(defaultValue = "10") int poolSize) {

  public static final int MAX_POOL_SIZE = 500;

  public PostgresqlSettings {
    Check.startsWith("foldstream.postgresql.url", url, "jdbc:postgresql:");
    Check.notBlank("foldstream.postgresql.user", user);
    Check.between("foldstream.postgresql.pool-size", poolSize, 1, MAX_POOL_SIZE);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + " at " + url + ", " + poolSize + " connections";
  }
}
