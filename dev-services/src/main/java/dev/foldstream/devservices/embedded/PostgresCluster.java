package dev.foldstream.devservices.embedded;

import dev.foldstream.devservices.parts.DevServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The data directory of one PostgreSQL, and the commands that work on it. */
final class PostgresCluster {

  private static final long COMMAND_TIMEOUT_SECONDS = 60;

  private final Path directory;
  private final Path data;
  private final Path log;

  PostgresCluster(Path directory, Path log) {
    this.directory = directory;
    data = directory.resolve("postgresql");
    this.log = log;
  }

  Path data() {
    return data;
  }

  /** Makes the data directory when there is none; an interrupted attempt leaves none. */
  void initialiseOnce(String user, String password) {
    if (Files.exists(data)) {
      return;
    }
    try {
      Files.createDirectories(directory);
      Path half = Files.createTempDirectory(directory, "initdb-");
      Path secret = half.resolveSibling(half.getFileName() + ".password");
      Files.writeString(secret, password);
      run(
          PostgresBinaries.bin().resolve("initdb").toString(),
          "--pgdata=" + half,
          "--username=" + user,
          "--pwfile=" + secret,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--locale=C");
      Files.delete(secret);
      Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Making " + data, e);
    }
  }

  /** The postmaster of this directory, also one that a killed parent left behind. */
  Optional<ProcessHandle> postmaster() {
    Path file = data.resolve("postmaster.pid");
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() < 2 || !Path.of(lines.get(1)).equals(data)) {
        return Optional.empty();
      }
      // A reused process id belongs to another program.
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(ProcessHandle::isAlive)
          .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException halfWritten) {
      return Optional.empty();
    }
  }

  /** Stops the server. To find it stopped already, by its keeper at the same time, is as good. */
  void stop(String mode) {
    try {
      run(
          PostgresBinaries.bin().resolve("pg_ctl").toString(),
          "--pgdata=" + data,
          "--mode=" + mode,
          "--wait",
          "stop");
    } catch (DevServiceException failed) {
      if (postmaster().isPresent()) {
        throw failed;
      }
    }
  }

  private void run(String... command) {
    var all = new ArrayList<>(prefix());
    all.addAll(List.of(command));
    try {
      var process =
          new ProcessBuilder(all)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(COMMAND_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DevServiceException(
            "%s took more than %d s, see %s".formatted(all, COMMAND_TIMEOUT_SECONDS, log));
      }
      if (process.exitValue() != 0) {
        throw new DevServiceException(
            "%s ended with %d, see %s".formatted(all, process.exitValue(), log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Running " + all, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServiceException("Interrupted while running " + all, e);
    }
  }

  /** PostgreSQL refuses to run as root: in a user namespace root is nobody. */
  static List<String> prefix() {
    boolean root = "root".equals(System.getProperty("user.name"));
    return root ? List.of("unshare", "--user") : List.of();
  }
}
