package dev.foldstream.devservices.embedded;

import dev.foldstream.devservices.parts.SchemaRegistryServer;
import dev.foldstream.devservices.process.ChildJvm;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.devservices.process.LocalHttp;
import dev.foldstream.devservices.process.Ports;
import dev.foldstream.devservices.process.ServerFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Apicurio registry in a child JVM, its schemas in a file. */
public final class EmbeddedRegistry implements SchemaRegistryServer {

  public static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms64m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final String REGISTRY = "dev-services/registry-server/target/registry";

  private final JvmServer server = new JvmServer(part().title());
  private final Path directory;
  private final List<String> jvmOptions;
  private final int port;
  private final int managementPort;

  public EmbeddedRegistry(Path directory, Ports ports, List<String> jvmOptions) {
    this.directory = directory;
    this.jvmOptions = List.copyOf(jvmOptions);
    port = ports.of("registry");
    managementPort = ports.of("registry-management");
  }

  @Override
  public synchronized void start() {
    server.start(this::launch).ifPresent(this::awaitReady);
  }

  private void awaitReady(ChildJvm child) {
    LocalHttp.awaitOk(
        "http://127.0.0.1:" + managementPort + "/health/ready",
        child,
        Duration.ofSeconds(EmbeddedServices.START_TIMEOUT_SECONDS));
    var answer = LocalHttp.put(url() + "/config", "{\"compatibility\":\"BACKWARD\"}");
    if (answer.status() != 200 || !child.isAlive()) {
      throw child.failed("refused its compatibility level: " + answer);
    }
  }

  private ChildJvm launch() {
    Ports.requireFree(port, part().title());
    Ports.requireFree(managementPort, "The registry's management");
    Path home = ServerFiles.root().resolve(REGISTRY);
    var options = new ArrayList<>(jvmOptions);
    // Written out at each commit: an id that was given away is in records and must not be lost.
    options.add(
        "-Dapicurio.datasource.url=jdbc:h2:file:%s;WRITE_DELAY=0"
            .formatted(directory.resolve("registry/registry").toAbsolutePath()));
    options.add("-Dapicurio.datasource.jdbc.initial-size=1");
    options.add("-Dapicurio.datasource.jdbc.min-size=1");
    options.add("-Dquarkus.http.host=127.0.0.1");
    options.add("-Dquarkus.http.port=" + port);
    options.add("-Dquarkus.management.host=127.0.0.1");
    options.add("-Dquarkus.management.port=" + managementPort);
    options.add("-Dquarkus.log.level=WARN");
    options.add("-Dquarkus.log.console.json=false");
    options.add("-Dquarkus.log.console.color=false");
    return ChildJvm.start(
        new Launch(
            "registry",
            directory,
            options,
            List.of(ServerFiles.required(home.resolve("quarkus-run.jar"), "dev-services")),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
            List.of(),
            Map.of()));
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void kill() {
    server.kill();
  }

  @Override
  public boolean isRunning() {
    return server.isRunning();
  }

  @Override
  public long pid() {
    return server.child().pid();
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }
}
