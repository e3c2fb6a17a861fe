package dev.foldstream.benchmarks.debezium;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.cli.ConnectStandalone;

/** Kafka Connect, standalone, in this JVM; connectors are made over its REST interface. */
final class ConnectWorker {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI uri;

  private ConnectWorker(URI uri) {
    this.uri = uri;
  }

  static ConnectWorker start(String kafka) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("foldstream-connect");
    var uri = URI.create("http://127.0.0.1:" + freePort());
    var settings = new Properties();
    settings.setProperty("bootstrap.servers", kafka);
    settings.setProperty("listeners", uri.toString());
    settings.setProperty("plugin.discovery", "service_load");
    settings.setProperty("offset.storage.file.filename", directory.resolve("offsets").toString());
    settings.setProperty("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.setProperty("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    settings.setProperty("connector.client.config.override.policy", "All");
    Path file = directory.resolve("worker.properties");
    try (var out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    Thread.ofPlatform()
        .daemon()
        .name("connect")
        .start(() -> ConnectStandalone.main(new String[] {file.toString()}));
    var worker = new ConnectWorker(uri);
    worker.awaitAnswer();
    return worker;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws InterruptedException {
    for (int attempt = 0; attempt < 600; attempt++) {
      try {
        if (send("GET", "/connectors", "").statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It opens its port when it is ready.
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("wanted Kafka Connect within a minute");
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  void create(String name, Map<String, String> settings) throws IOException, InterruptedException {
    var body = new StringBuilder();
    settings.forEach(
        (key, value) ->
            body.append(body.isEmpty() ? "" : ",")
                .append('"')
                .append(key)
                .append("\":\"")
                .append(value.replace("\"", "\\\""))
                .append('"'));
    var answer =
        send("POST", "/connectors", "{\"name\":\"%s\",\"config\":{%s}}".formatted(name, body));
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("wanted a connector; found " + answer.body());
    }
  }

  void delete(String name) throws IOException, InterruptedException {
    send("DELETE", "/connectors/" + name, "");
  }

  String status(String name) throws IOException, InterruptedException {
    return send("GET", "/connectors/" + name + "/status", "").body();
  }

  /** Records that the connector's tasks have read. */
  static long read(String name) throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    var pattern =
        new ObjectName("kafka.connect:type=sink-task-metrics,connector=%s,task=*".formatted(name));
    double sum = 0;
    for (ObjectName task : beans.queryNames(pattern, null)) {
      sum += (Double) beans.getAttribute(task, "sink-record-read-total");
    }
    return (long) sum;
  }
}
