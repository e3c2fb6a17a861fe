package dev.foldstream.commandservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.devservices.DevServices;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** The command-service with the example domain, on the real broker and registry. */
final class RunningService implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RunningService() {
    this(Map.of());
    awaitHealthy();
  }

  /** Does not wait until it is healthy. */
  RunningService(Map<String, Object> more) {
    var services = DevServices.shared();
    Map<String, Object> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", services.kafka().bootstrapServers());
    settings.put("foldstream.schema-registry.url", services.registry().url());
    settings.put("foldstream.topics.partitions", 6);
    settings.put("foldstream.topics.replication-factor", 1);
    settings.put("foldstream.topics.min-in-sync-replicas", 1);
    settings.put("foldstream.state-directory", "target/state/" + UUID.randomUUID());
    // Orders of these tests stay as they are placed.
    settings.put("foldstream.processes.fulfilment.enabled", false);
    settings.put("micronaut.server.port", -1);
    settings.putAll(more);
    server = ApplicationContext.run(EmbeddedServer.class, settings);
  }

  void awaitHealthy() {
    Awaitility.await().atMost(PATIENCE).until(() -> get("/health").statusCode() == 200);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.getURL() + path)).timeout(PATIENCE);
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<String> stream(byte[] lines) {
    return send(
        request("/commands")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofByteArray(lines))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  HttpClient client() {
    return client;
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException notJson) {
      throw new UncheckedIOException("wanted JSON; found " + text, notJson);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
