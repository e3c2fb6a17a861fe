package dev.foldstream.devservices.kafka;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Time;

/**
 * Runs one broker and controller until the JVM is asked to exit. Arguments: directory, broker port,
 * controller port. Prints {@code READY <cluster id>} once the broker answers as the cluster that
 * lies in the directory.
 */
public final class KafkaServerMain {

  private static final int ANSWER_TIMEOUT_MILLIS = 20_000;

  private KafkaServerMain() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    int controllerPort = Integer.parseInt(arguments[2]);
    String clusterId = KafkaStorage.formatOnce(directory);
    var settings = BrokerSettings.of(directory, port, controllerPort);
    var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "kafka-stop"));
    server.startup();
    checkWhoAnswers(port, clusterId);
    ready(clusterId);
    server.awaitShutdown();
  }

  private static void checkWhoAnswers(int port, String clusterId) throws Exception {
    Map<String, Object> client =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            "127.0.0.1:" + port,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ANSWER_TIMEOUT_MILLIS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            ANSWER_TIMEOUT_MILLIS,
            AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
            20);
    try (var admin = Admin.create(client)) {
      String found =
          admin.describeCluster().clusterId().get(ANSWER_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      if (!clusterId.equals(found)) {
        throw new IllegalStateException(
            "Kafka on port %d answers as cluster %s, wanted our cluster %s: stop the other broker"
                .formatted(port, found, clusterId));
      }
    }
  }

  private static void ready(String clusterId) {
    byte[] line = ("READY " + clusterId + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(line, 0, line.length);
    System.out.flush();
  }

  private static void stop(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }
}
