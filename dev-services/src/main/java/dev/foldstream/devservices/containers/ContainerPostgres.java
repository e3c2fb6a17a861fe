package dev.foldstream.devservices.containers;

import dev.foldstream.devservices.databases.PostgresDatabases;
import dev.foldstream.devservices.parts.PostgresServer;
import dev.foldstream.devservices.process.Ports;
import java.util.Map;
import org.testcontainers.containers.wait.strategy.Wait;

/** A PostgreSQL in a container. */
final class ContainerPostgres implements PostgresServer {

  private static final String NAME = "foldstream";

  private final PostgresDatabases databases;
  private final ContainerServer server;

  ContainerPostgres(Ports ports) {
    int port = ports.of("postgresql");
    databases = new PostgresDatabases(port, NAME, NAME);
    server =
        new ContainerServer(
            part().title(),
            "postgres:18",
            port,
            5432,
            Map.of("POSTGRES_USER", NAME, "POSTGRES_PASSWORD", NAME, "POSTGRES_DB", NAME),
            // Over TCP: while the image still initialises it listens on its socket only.
            Wait.forSuccessfulCommand("pg_isready --host=127.0.0.1 --username=" + NAME));
  }

  @Override
  public String jdbcUrl() {
    return databases.url(NAME);
  }

  @Override
  public String user() {
    return NAME;
  }

  @Override
  public String password() {
    return NAME;
  }

  @Override
  public String newDatabase(String name) {
    databases.createAnew(name);
    return databases.url(name);
  }

  /** SIGQUIT is PostgreSQL's immediate shutdown. */
  @Override
  public void stopImmediately() {
    server.signal("QUIT");
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void kill() {
    server.signal("KILL");
  }

  @Override
  public boolean isRunning() {
    return server.isRunning();
  }

  @Override
  public long pid() {
    return server.pid();
  }

  /** The container goes, and its data with it. */
  @Override
  public void close() {
    server.remove();
  }
}
