package dev.foldstream.devservices.embedded;

import dev.foldstream.devservices.databases.PostgresDatabases;
import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.parts.PostgresServer;
import dev.foldstream.devservices.process.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL from the published binaries.
 *
 * <p>A shell stands between: it starts the server, reads its standard input to the end, which comes
 * also when this JVM is killed, and then stops the server.
 */
public final class EmbeddedPostgres implements PostgresServer {

  static final String USER = "foldstream";
  static final String PASSWORD = "foldstream";

  public static final List<String> SETTINGS = List.of("shared_buffers=32MB");

  /** What a table that is measured needs, so that its pages stay in memory. */
  public static final List<String> LOAD_SETTINGS =
      List.of("shared_buffers=512MB", "max_wal_size=4GB");

  private static final long STOP_TIMEOUT_SECONDS = 10;
  private static final long BACKENDS_TIMEOUT_SECONDS = 10;

  private static final String KEEPER =
      """
      trap '' INT
      "$1/pg_ctl" --pgdata="$2" --log="$3" --wait --timeout=60 --options="$4" start >>"$3" 2>&1 || exit 1
      echo READY
      cat >/dev/null
      exec "$1/pg_ctl" --pgdata="$2" --mode=fast --wait stop >>"$3" 2>&1
      """;

  private final Path log;
  private final PostgresCluster cluster;
  private final List<String> settings;
  private final int port;
  private final PostgresDatabases databases;
  private @Nullable Process keeper;

  public EmbeddedPostgres(Path directory, Ports ports, List<String> settings) {
    this.settings = List.copyOf(settings);
    log = directory.resolve("logs/postgresql.log");
    cluster = new PostgresCluster(directory, log);
    port = ports.of("postgresql");
    databases = new PostgresDatabases(port, USER, PASSWORD);
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    try {
      Files.createDirectories(log.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cluster.initialiseOnce(USER, PASSWORD);
    if (cluster.postmaster().isPresent()) {
      cluster.stop("fast");
    }
    Ports.requireFree(port, part().title());
    keeper = startKeeper();
    checkWhoAnswers();
    databases.createIfAbsent(USER);
  }

  private Process startKeeper() {
    String options =
        String.join(
            " -c ",
            "-p " + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            String.join(" -c ", settings),
            "max_connections=100",
            "timezone=UTC");
    var command = new ArrayList<>(PostgresCluster.prefix());
    command.addAll(List.of("/bin/sh", "-c", KEEPER, "keeper"));
    command.add(PostgresBinaries.bin().toString());
    command.addAll(List.of(cluster.data().toString(), log.toString(), options));
    try {
      var process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      // The first line or the end comes within pg_ctl's own time-out.
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      if (!"READY".equals(lines.readLine())) {
        throw new DevServiceException("PostgreSQL did not start, see " + log);
      }
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("Starting PostgreSQL", e);
    }
  }

  private void checkWhoAnswers() {
    String found = databases.setting("data_directory");
    if (!Path.of(found).equals(cluster.data())) {
      throw new DevServiceException(
          "PostgreSQL on port %d works on %s, wanted our %s: stop the other server"
              .formatted(port, found, cluster.data()));
    }
    for (String durable : List.of("fsync", "synchronous_commit")) {
      String value = databases.setting(durable);
      if (!"on".equals(value)) {
        throw new DevServiceException("PostgreSQL's %s is %s, wanted on".formatted(durable, value));
      }
    }
  }

  @Override
  public synchronized void stop() {
    if (isRunning()) {
      cluster.stop("fast");
    }
    releaseKeeper();
  }

  @Override
  public synchronized void stopImmediately() {
    if (isRunning()) {
      cluster.stop("immediate");
    }
    releaseKeeper();
  }

  @Override
  public synchronized void kill() {
    cluster
        .postmaster()
        .ifPresent(
            postmaster -> {
              var backends = postmaster.descendants().toList();
              postmaster.destroyForcibly();
              postmaster.onExit().join();
              // They see that the postmaster is gone; until the last has left nobody may start.
              backends.forEach(
                  backend ->
                      backend
                          .onExit()
                          .completeOnTimeout(backend, BACKENDS_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                          .join());
            });
    releaseKeeper();
  }

  private void releaseKeeper() {
    if (keeper == null) {
      return;
    }
    try {
      keeper.getOutputStream().close();
      if (!keeper.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        keeper.destroyForcibly();
      }
    } catch (IOException alreadyGone) {
      keeper.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keeper = null;
  }

  @Override
  public synchronized boolean isRunning() {
    return keeper != null && cluster.postmaster().isPresent();
  }

  @Override
  public synchronized long pid() {
    return cluster
        .postmaster()
        .orElseThrow(() -> new DevServiceException("PostgreSQL is not running: call start()"))
        .pid();
  }

  @Override
  public String jdbcUrl() {
    return databases.url(USER);
  }

  @Override
  public String user() {
    return USER;
  }

  @Override
  public String password() {
    return PASSWORD;
  }

  @Override
  public String newDatabase(String name) {
    databases.createAnew(name);
    return databases.url(name);
  }
}
