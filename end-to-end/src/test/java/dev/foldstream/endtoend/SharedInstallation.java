package dev.foldstream.endtoend;

import dev.foldstream.quickstart.Host;
import dev.foldstream.quickstart.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Installations that tests of this JVM share: started by the first, stopped when the JVM ends. One
 * is for all; the other fulfils orders and has the domain of the guide beside commerce.
 */
public final class SharedInstallation {

  private static @Nullable Installation installation;
  private static @Nullable Installation fulfilling;

  private SharedInstallation() {}

  /** One whose orders stay as they are placed: the fulfilment of orders does not run. */
  static synchronized Installation running() {
    if (installation == null) {
      installation =
          stoppedAtTheEnd(
              Installation.builder(directory("shared"))
                  .environment(
                      Map.of(
                          "FOLDSTREAM_PROCESSES_FULFILMENT_ENABLED",
                          "false",
                          "FOLDSTREAM_PROJECTOR_SESSION_TIMEOUT",
                          "6s"))
                  .start());
    }
    return installation;
  }

  /** One that fulfils orders, with the domain of docs/your-own-domain.md. */
  static synchronized Installation fulfilling() {
    if (fulfilling == null) {
      fulfilling =
          stoppedAtTheEnd(
              Installation.builder(directory("fulfilment"))
                  .domainJars(List.of(GuideProject.jar()))
                  .hosts(Host.COMMAND_SERVICE, Host.PROJECTOR, Host.QUERY_SERVICE)
                  .start());
    }
    return fulfilling;
  }

  /** Called by the last that needs it; whoever comes later starts another one. */
  static synchronized void stopFulfilling() {
    if (fulfilling != null) {
      fulfilling.close();
      fulfilling = null;
    }
  }

  private static Installation stoppedAtTheEnd(Installation started) {
    Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop-installation"));
    return started;
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
