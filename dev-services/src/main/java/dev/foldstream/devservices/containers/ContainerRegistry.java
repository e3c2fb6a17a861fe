package dev.foldstream.devservices.containers;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.parts.SchemaRegistryServer;
import dev.foldstream.devservices.process.LocalHttp;
import dev.foldstream.devservices.process.Ports;
import java.util.Map;
import org.testcontainers.containers.wait.strategy.Wait;

/** The Apicurio registry, its schemas in a file, in a container. */
final class ContainerRegistry implements SchemaRegistryServer {

  private static final int INNER_PORT = 8080;

  private final int port;
  private final ContainerServer server;

  ContainerRegistry(Ports ports) {
    port = ports.of("registry");
    server =
        new ContainerServer(
            part().title(),
            "apicurio/apicurio-registry:3.3.3",
            port,
            INNER_PORT,
            Map.of("APICURIO_DATASOURCE_URL", "jdbc:h2:file:/tmp/registry;WRITE_DELAY=0"),
            Wait.forHttp("/apis/ccompat/v7/subjects").forPort(INNER_PORT));
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  @Override
  public void start() {
    server.start();
    var answer = LocalHttp.put(url() + "/config", "{\"compatibility\":\"BACKWARD\"}");
    if (answer.status() != 200) {
      throw new DevServiceException("The registry refused its compatibility level: " + answer);
    }
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void kill() {
    server.signal("KILL");
  }

  @Override
  public boolean isRunning() {
    return server.isRunning();
  }

  @Override
  public long pid() {
    return server.pid();
  }

  /** The container goes, and its data with it. */
  @Override
  public void close() {
    server.remove();
  }
}
