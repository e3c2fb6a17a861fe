package dev.foldstream.projector.projections;

import static dev.foldstream.projector.library.LibraryDomain.POISON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.projector.projection.Indices;
import dev.foldstream.projector.projection.LibraryLog;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectorHostTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final DevServices services = DevServices.shared();
  private final LibraryLog log = log();
  private final EmbeddedServer host = host();

  private LibraryLog log() {
    try {
      services.start(Part.KAFKA, Part.POSTGRESQL, Part.ELASTICSEARCH, Part.REGISTRY);
      Indices.delete(
          "library-copies-v1",
          "library-totals-v1",
          "foldstream-positions",
          "foldstream-quarantine",
          "foldstream-pauses");
      return new LibraryLog(new ConfluentSchemaRegistry(URI.create(services.registry().url())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private EmbeddedServer host() {
    return ApplicationContext.run(
        EmbeddedServer.class,
        Map.ofEntries(
            Map.entry("micronaut.server.port", -1),
            Map.entry("kafka.bootstrap.servers", services.kafka().bootstrapServers()),
            Map.entry("foldstream.schema-registry.url", services.registry().url()),
            Map.entry("foldstream.postgresql.url", services.postgres().newDatabase("host")),
            Map.entry("foldstream.postgresql.user", services.postgres().user()),
            Map.entry("foldstream.postgresql.password", services.postgres().password()),
            Map.entry("foldstream.elasticsearch.url", services.elasticsearch().url()),
            Map.entry("foldstream.topics.partitions", LibraryLog.PARTITIONS),
            Map.entry("foldstream.topics.replication-factor", 1),
            Map.entry("foldstream.topics.min-in-sync-replicas", 1)));
  }

  @BeforeEach
  void both_are_there() {
    assertThat(host.isRunning()).isTrue();
  }

  @AfterEach
  void close() {
    host.close();
    log.close();
    client.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.getURI() + path)).build(), BodyHandlers.ofString());
  }

  private JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(get(path).body());
  }

  @Test
  void it_says_how_far_each_view_came_and_why_one_stands_still() throws Exception {
    log.commit(0, "dune", new Bought(2));
    log.commit(1, "ilias", new Bought(3));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonNode copies = json("/projections/copies");
              assertThat(copies.path("liveVersion").asInt()).isEqualTo(1);
              assertThat(copies.path("state").asText()).isEqualTo("running");
              JsonNode version = copies.path("versions").path(0);
              assertThat(version.path("lagEvents").asInt(-1)).isZero();
              assertThat(version.path("lagSeconds").asInt(-1)).isZero();
              assertThat(version.path("progress").asDouble()).isEqualTo(1);
              assertThat(version.path("stores").findValuesAsText("sequence"))
                  .containsExactly("1", "1", "1", "1");
            });
    assertThat(json("/health").path("status").asText()).isEqualTo("UP");
    log.commit(0, "dune", new Bought(POISON), new Bought(1));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonNode store = json("/projections/copies").at("/versions/0/stores/0");
              assertThat(store.path("state").asText()).isEqualTo("stopped");
              assertThat(store.path("reason").asText()).contains("too many books");
              assertThat(store.at("/partitions/0/state").asText()).isEqualTo("stopped");
              assertThat(store.at("/partitions/1/state").asText()).isEqualTo("running");
              assertThat(store.path("lagEvents").asInt()).isPositive();
            });
    HttpResponse<String> health = get("/health");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body())
        .contains("\"DEGRADED\"")
        .contains("\"copies/postgresql\":\"stopped\"");
    assertThat(get("/prometheus").body())
        .contains("foldstream_projection_stopped{store=\"postgresql\",view=\"library/copies\"} 1.0")
        .contains(
            "foldstream_projection_lag_events{store=\"elasticsearch\",view=\"library/totals\"}");
    assertThat(json("/projections").path("items").findValuesAsText("view"))
        .containsExactly("copies", "totals");
    HttpResponse<String> unknown = get("/projections/nothing");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("unknown-view").contains("copies");
    assertThat(get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
    assertThat(get("/swagger/foldstream-projector-v1.yml").body()).contains("/projections/{view}");
  }
}
