package dev.foldstream.devservices.process;

import dev.foldstream.devservices.parts.DevServiceException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running child JVM. It ends with this JVM whatever happens to it, and leaves the interrupt of
 * the terminal to its parent, which stops its children in order.
 */
public final class ChildJvm {

  /** A stop that takes longer becomes a kill. */
  public static final long STOP_TIMEOUT_SECONDS = 5;

  static final String READY = "READY";

  private static final long KILL_TIMEOUT_SECONDS = 10;
  private static final int LOG_TAIL_LINES = 40;

  private final Launch launch;
  private final long logBegan;
  private final Process process;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private ChildJvm(Launch launch, long logBegan, Process process) {
    this.launch = launch;
    this.logBegan = logBegan;
    this.process = process;
  }

  /** Starts the JVM, after the one that an earlier parent may have left behind has ended. */
  public static ChildJvm start(Launch launch) {
    try {
      Path log = log(launch);
      Files.createDirectories(log.getParent());
      LogFiles.roll(log);
      var pid = new PidFile(launch.directory().resolve(launch.name() + PidFile.SUFFIX));
      pid.awaitPredecessor();
      var builder = new ProcessBuilder(command(launch));
      builder.directory(launch.directory().toFile());
      builder.environment().putAll(launch.environment());
      builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      long logBegan = LogFiles.size(log);
      var process = builder.start();
      pid.write(process.toHandle());
      var child = new ChildJvm(launch, logBegan, process);
      Thread.ofPlatform().daemon().name("output of " + launch.name()).start(child::readOutput);
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("Starting " + launch.name(), e);
    }
  }

  /** Waits for all children that a dead parent left behind in this directory. */
  public static void awaitPredecessors(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(file -> file.toString().endsWith(PidFile.SUFFIX))
          .forEach(file -> new PidFile(file).awaitPredecessor());
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + directory, e);
    }
  }

  private static List<String> command(Launch launch) {
    var command = new ArrayList<String>();
    // Ignored signals are inherited over exec, and a JVM keeps an interrupt that is ignored so.
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(launch.jvmOptions());
    command.add("-cp");
    var classPath = new ArrayList<>(launch.classPath());
    classPath.addFirst(ServerFiles.codeSource(ChildMain.class));
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(ChildMain.class.getName());
    command.add(launch.mainClass());
    command.addAll(launch.arguments());
    return command;
  }

  private static Path log(Launch launch) {
    return launch.directory().resolve("logs").resolve(launch.name() + ".log");
  }

  /** Copies what the child prints to its log; a line that starts with READY completes the start. */
  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        var log = LogFiles.appender(log())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.write(line + "\n");
        log.flush();
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()).strip());
        }
      }
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
    ready.completeExceptionally(new IOException("it ended its output"));
  }

  /** What the child printed behind READY. */
  public String awaitReady(long timeoutSeconds) {
    try {
      return ready.get(timeoutSeconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw failed("did not become ready within " + timeoutSeconds + " s");
    } catch (ExecutionException e) {
      throw failed("ended before it was ready");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServiceException("Interrupted while " + launch.name() + " started", e);
    }
  }

  /** An exception that carries the last lines of the log; the process is killed. */
  public DevServiceException failed(String what) {
    kill();
    return new DevServiceException(
        "%s %s. The end of %s:%n%s"
            .formatted(launch.name(), what, log(), LogFiles.tail(log(), logBegan, LOG_TAIL_LINES)));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  public Path log() {
    return log(launch);
  }

  /** Asks the JVM to exit and waits; kills it when it takes too long. */
  public void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // The pipe of a dead process cannot be closed in order, and need not be.
    }
    if (!PidFile.exits(process.onExit(), STOP_TIMEOUT_SECONDS)) {
      kill();
    }
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    if (!PidFile.exits(process.onExit(), KILL_TIMEOUT_SECONDS)) {
      throw new DevServiceException(
          "%s, process %d, does not die: end it by hand".formatted(launch.name(), process.pid()));
    }
  }
}
