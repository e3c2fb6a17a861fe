package dev.foldstream.benchmarks.restore;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@link Deciding} in a JVM of its own, which can be killed. */
final class DecidingChild {

  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms256m",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Process process;
  private final BufferedReader lines;
  private final long runningMillis;

  private DecidingChild(Process process) throws IOException {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
    this.runningMillis = next("RUNNING ");
  }

  /** Returns when it decides all partitions. */
  static DecidingChild start(String servers, String registry, Path state) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Deciding.class.getName()));
    command.addAll(List.of(servers, registry, state.toString()));
    return new DecidingChild(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** From the start of its application until it decided all partitions. */
  long runningMillis() {
    return runningMillis;
  }

  void awaitAccepted(long commands, Duration within) throws IOException {
    long until = System.nanoTime() + within.toNanos();
    long accepted = 0;
    while (accepted < commands) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "wanted %d commands decided within %s; found %d".formatted(commands, within, accepted));
      }
      accepted = next("ACCEPTED ");
    }
  }

  private long next(String beginning) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(beginning)) {
        return Long.parseLong(line.substring(beginning.length()));
      }
    }
    throw new IllegalStateException("the deciding process ended");
  }

  /** Lets it leave its group and close its store. */
  void stop() throws IOException, InterruptedException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    while (lines.readLine() != null) {
      // What it prints is of no use any longer, but must be read.
    }
    process.waitFor();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
