package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.load.HostProcess;
import dev.foldstream.devservices.DevServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A host in a JVM of its own, with the wallets as its domain. */
final class Host {

  private static final List<String> HEAP = List.of("-Xms128m", "-Xmx512m");

  private Host() {}

  /**
   * Returns when it is healthy.
   *
   * @param module {@code query-service}
   */
  static HostProcess start(String module, Path directory, DevServices services, String database)
      throws IOException {
    return HostProcess.start(
        module,
        directory,
        services,
        HEAP,
        List.of(Host.class),
        Map.of(
            "FOLDSTREAM_POSTGRESQL_URL",
            database,
            "FOLDSTREAM_POSTGRESQL_USER",
            services.postgres().user(),
            "FOLDSTREAM_POSTGRESQL_PASSWORD",
            services.postgres().password()));
  }
}
