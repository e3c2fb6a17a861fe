package dev.foldstream.devservices.containers;

import dev.foldstream.devservices.parts.ElasticsearchNode;
import dev.foldstream.devservices.process.Ports;
import java.util.Map;
import org.testcontainers.containers.wait.strategy.Wait;

/** A node in a container. */
final class ContainerElasticsearch implements ElasticsearchNode {

  private static final int INNER_PORT = 9200;

  private final int port;
  private final ContainerServer server;

  ContainerElasticsearch(Ports ports) {
    port = ports.of("elasticsearch");
    server =
        new ContainerServer(
            part().title(),
            "docker.elastic.co/elasticsearch/elasticsearch:9.5.3",
            port,
            INNER_PORT,
            Map.of(
                "discovery.type", "single-node",
                "xpack.security.enabled", "false",
                "action.destructive_requires_name", "true",
                "cluster.routing.allocation.disk.threshold_enabled", "false",
                "ES_JAVA_OPTS", "-Xms512m -Xmx512m"),
            Wait.forHttp("/_cluster/health?wait_for_status=yellow&timeout=2s").forPort(INNER_PORT));
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void start() {
    server.start();
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
