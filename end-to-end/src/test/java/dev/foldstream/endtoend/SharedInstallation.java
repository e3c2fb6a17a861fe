package dev.foldstream.endtoend;

import dev.foldstream.quickstart.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One installation for all tests of this JVM: started by the first, stopped when the JVM ends. */
public final class SharedInstallation {

  private static @Nullable Installation installation;

  private SharedInstallation() {}

  static synchronized Installation running() {
    if (installation == null) {
      var started = start(directory("shared"));
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop-installation"));
      installation = started;
    }
    return installation;
  }

  /** One whose orders stay as they are placed: the fulfilment of orders does not run. */
  static Installation start(Path directory, Path... moreDomains) {
    return Installation.builder(directory)
        .domainJars(List.of(moreDomains))
        .environment(
            Map.of(
                "FOLDSTREAM_PROCESSES_FULFILMENT_ENABLED",
                "false",
                "FOLDSTREAM_PROJECTOR_SESSION_TIMEOUT",
                "6s"))
        .start();
  }

  /** An empty directory below this module's build output. */
  static Path directory(String name) {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("foldstream.root")));
    Path parent = root.resolve("end-to-end/target/installations");
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, name + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Caller commands() {
    return new Caller(running().commandService().uri());
  }

  public static Caller queries() {
    return new Caller(running().queryService().uri());
  }

  public static Caller projections() {
    return new Caller(running().projector().uri());
  }

  public static Caller topologies() {
    return new Caller(running().topologyService().uri());
  }
}
