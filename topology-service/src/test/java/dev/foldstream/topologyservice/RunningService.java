package dev.foldstream.topologyservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.topologyservice.lifecycle.KeptPositions;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
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

/** The topology-service with the example domain, on the real broker and registry. */
final class RunningService implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RunningService() {
    var services = DevServices.shared();
    Map<String, Object> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", services.kafka().bootstrapServers());
    settings.put("foldstream.schema-registry.url", services.registry().url());
    settings.put("foldstream.topics.partitions", 6);
    settings.put("foldstream.topics.replication-factor", 1);
    settings.put("foldstream.topics.min-in-sync-replicas", 1);
    settings.put("foldstream.state-directory", "target/state/" + UUID.randomUUID());
    settings.put("micronaut.server.port", -1);
    server = ApplicationContext.run(EmbeddedServer.class, settings);
    Awaitility.await().atMost(PATIENCE).until(() -> get("/topologies").statusCode() == 200);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.getURL() + path)).timeout(PATIENCE);
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path).GET();
    return send(headers.length == 0 ? request.build() : request.headers(headers).build());
  }

  HttpResponse<String> put(String path, String yaml) {
    return send(
        request(path)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofString(yaml))
            .build());
  }

  HttpResponse<String> post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()).build());
  }

  HttpResponse<String> post(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE().build());
  }

  /** A stream that is read as it comes. */
  InputStream follow(String path) {
    try {
      return client.send(request(path).GET().build(), BodyHandlers.ofInputStream()).body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** The live version of a topology here. */
  JsonNode live(String name) {
    for (JsonNode run : json(get("/topologies/" + name)).path("running")) {
      if (run.path("role").asText().equals("live")) {
        return run;
      }
    }
    return JSON.createObjectNode();
  }

  void awaitLive(String name, int version) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              JsonNode live = live(name);
              return live.path("version").asInt() == version
                  && live.path("state").asText().equals("RUNNING");
            });
  }

  /** As it happens every few hours. */
  void keepPositions() {
    server.getApplicationContext().getBean(KeptPositions.class).keepAll();
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException notJson) {
      throw new UncheckedIOException("wanted JSON; found " + response.body(), notJson);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
