package dev.foldstream.topologyservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TopologyServiceTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static EmbeddedServer server;

  @BeforeAll
  static void start() {
    server = ApplicationContext.run(EmbeddedServer.class, Map.of("micronaut.server.port", -1));
  }

  @AfterAll
  static void stop() {
    server.close();
    CLIENT.close();
  }

  @Test
  void no_topology_is_registered() throws Exception {
    assertThat(get("/topologies").body()).isEqualTo("{\"items\":[],\"next\":null}");
  }

  @Test
  void health_metrics_and_the_description_are_served() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/prometheus").body()).contains("jvm_memory_used_bytes");
    assertThat(get("/swagger-ui").statusCode()).isEqualTo(200);
    assertThat(get("/swagger/foldstream-topology-service-v1.yml").body()).contains("/topologies:");
  }

  @Test
  void what_is_not_built_yet_is_not_there() throws Exception {
    HttpResponse<String> answer = get("/topologies/any");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  private static HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(server.getURI().resolve(path)).build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
