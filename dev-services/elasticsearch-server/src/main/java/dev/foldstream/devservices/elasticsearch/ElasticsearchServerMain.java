package dev.foldstream.devservices.elasticsearch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.node.ClassPathNode;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.transport.netty4.Netty4Plugin;

/**
 * Runs one node until the JVM is asked to exit. Arguments: directory, HTTP port, cluster name.
 * Prints {@code READY <address>} when HTTP is bound; whether the cluster is fit for queries is for
 * the caller to ask.
 */
public final class ElasticsearchServerMain {

  private static final long CLOSE_TIMEOUT_SECONDS = 4;
  private static final String NODE_NAME = "foldstream-dev";

  private ElasticsearchServerMain() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    String port = arguments[1];
    String clusterName = arguments[2];
    for (String directory : List.of("config", "data", "logs", "tmp", "native")) {
      Files.createDirectories(home.resolve(directory));
    }
    System.setProperty("es.path.home", home.toString());
    System.setProperty("es.nativelibs.path", home.resolve("native").toString());
    LogConfigurator.setClusterName(clusterName);
    LogConfigurator.setNodeName(NODE_NAME);
    LogConfigurator.configureESLogging();
    var settings = settings(home, port, clusterName);
    var environment =
        InternalSettingsPreparer.prepareEnvironment(
            settings, Map.of(), home.resolve("config"), () -> NODE_NAME);
    var node = new ClassPathNode(environment, List.of(Netty4Plugin.class, DevelopmentPlugin.class));
    var closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> close(node, closed), "elasticsearch-stop"));
    node.start();
    ready("127.0.0.1:" + port);
    closed.await();
  }

  private static Settings settings(Path home, String port, String clusterName) {
    return Settings.builder()
        .put("path.home", home.toString())
        .put("path.data", home.resolve("data").toString())
        .put("path.logs", home.resolve("logs").toString())
        .put("cluster.name", clusterName)
        .put("node.name", NODE_NAME)
        .put("discovery.type", "single-node")
        .put("network.host", "127.0.0.1")
        .put("http.port", port)
        .put("transport.port", "0")
        .put("transport.type", "netty4")
        .put("http.type", "netty4")
        .put("node.portsfile", true)
        .put("node.processors", 2)
        .put("action.destructive_requires_name", true)
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
  }

  private static void ready(String address) {
    byte[] line = ("READY " + address + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(line, 0, line.length);
    System.out.flush();
  }

  private static void close(Node node, CountDownLatch closed) {
    try {
      node.prepareForClose();
      node.close();
      node.awaitClose(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      System.err.println("Elasticsearch did not close cleanly: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed.countDown();
    }
  }
}
