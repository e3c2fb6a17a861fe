package dev.foldstream.devservices.process;

import dev.foldstream.devservices.parts.DevServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Names a process by its id and start, so that a reused id is never taken for ours. */
final class PidFile {

  /** A child whose parent died is stopping by itself; after this it is killed. */
  static final long PREDECESSOR_TIMEOUT_SECONDS = 10;

  static final String SUFFIX = ".pid";

  private static final long KILL_TIMEOUT_SECONDS = 10;

  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  void write(ProcessHandle process) {
    try {
      Files.writeString(file, process.pid() + " " + startOf(process) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the process that a dead parent left behind. */
  void awaitPredecessor() {
    predecessor()
        .ifPresent(
            process -> {
              if (!exits(process.onExit(), PREDECESSOR_TIMEOUT_SECONDS)) {
                process.destroyForcibly();
                if (!exits(process.onExit(), KILL_TIMEOUT_SECONDS)) {
                  throw new DevServiceException(
                      "Process %d of an earlier run does not end, see %s: end it by hand"
                          .formatted(process.pid(), file));
                }
              }
            });
  }

  private Optional<ProcessHandle> predecessor() {
    try {
      String[] words =
          Files.exists(file) ? Files.readString(file).strip().split(" ") : new String[0];
      if (words.length != 2) {
        return Optional.empty();
      }
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(process -> Long.toString(startOf(process)).equals(words[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException halfWritten) {
      return Optional.empty();
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  static boolean exits(CompletableFuture<?> exit, long seconds) {
    try {
      exit.get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
