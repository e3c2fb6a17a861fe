package dev.foldstream.benchmarks.write;

import dev.foldstream.benchmarks.load.HostProcess;
import dev.foldstream.devservices.DevServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command-service in a JVM of its own, with the wallets as its domain. */
final class CommandService {

  private static final List<String> HEAP = List.of("-Xms256m", "-Xmx512m");

  private CommandService() {}

  /** Returns when it is healthy. */
  static HostProcess start(Path directory, DevServices services) throws IOException {
    return HostProcess.start(
        "command-service", directory, services, HEAP, List.of(CommandService.class), Map.of());
  }
}
