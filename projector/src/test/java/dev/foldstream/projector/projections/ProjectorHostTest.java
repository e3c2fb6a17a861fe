package dev.foldstream.projector.projections;

import static dev.foldstream.projector.library.LibraryDomain.POISON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.projector.library.LibraryDomain;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectorHostTest {

  /** What a stream is followed by that was not cut off. */
  private static final String ENDED = "ended";

  private final HttpClient client = HttpClient.newHttpClient();
  private final DevServices services = DevServices.shared();
  private final LibraryLog log = log();
  private final EmbeddedServer host = host();

  private LibraryLog log() {
    try {
      services.start(Part.KAFKA, Part.POSTGRESQL, Part.ELASTICSEARCH, Part.REGISTRY);
      Indices.deleteViews();
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
            Map.entry("foldstream.projections.changes.max-streams", 2),
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

  /** The lines that come, as they come. */
  private Queue<String> watch(String path) {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    var _ =
        client
            .sendAsync(
                HttpRequest.newBuilder(URI.create(host.getURI() + path)).build(),
                BodyHandlers.ofLines())
            .thenAccept(
                answer -> {
                  answer.body().forEach(lines::add);
                  lines.add(ENDED);
                });
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(lines).contains(": connected", "retry: 2000"));
    return lines;
  }

  @Test
  void it_says_how_far_each_view_came() throws Exception {
    Queue<String> all = watch("/projections/changes");
    Queue<String> totals = watch("/projections/totals/changes");
    assertThat(get("/projections/copies/changes").body()).contains("too-busy", "max-streams");
    assertThat(get("/projections/nothing/changes").statusCode()).isEqualTo(404);
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
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(all)
                    .contains("event: projection", ": still here")
                    .anyMatch(isAtEnd("copies"))
                    .anyMatch(isAtEnd("totals")));
    assertThat(totals).anyMatch(isAtEnd("totals")).noneMatch(line -> line.contains("copies"));
    assertThat(json("/health").path("status").asText()).isEqualTo("UP");
    assertThat(json("/projections").path("items").findValuesAsText("view"))
        .containsExactly("copies", "journal", "totals");
    HttpResponse<String> unknown = get("/projections/nothing");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("unknown-view").contains("copies");
    assertThat(get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
    assertThat(get("/swagger/foldstream-projector-v1.yml").body()).contains("/projections/{view}");
    host.close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(all).as("a host that ends does not wait for its streams").contains(ENDED);
              assertThat(totals).contains(ENDED);
            });
  }

  private static Predicate<String> isAtEnd(String view) {
    return line ->
        line.startsWith("data: {\"view\":\"" + view)
            && line.contains("\"lagEvents\":0,\"lagSeconds\":0,\"progress\":1.0")
            && line.contains("\"paused\":false,\"quarantined\":0")
            && line.contains("\"ledger\":{\"complete\":true,\"applied\":2");
  }

  @Test
  void what_is_set_aside_is_told_and_tried_again_and_a_view_can_be_paused() throws Exception {
    LibraryDomain.MENDED.set(false);
    log.commit(0, "dune", new Bought(2), new Bought(POISON), new Bought(1));
    log.commit(0, "emma", new Bought(1));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonNode stores = json("/projections/copies/ledger").path("stores");
              assertThat(stores.findValuesAsText("quarantined"))
                  .containsExactly("2", "0", "2", "0");
            });
    JsonNode ledger = json("/projections/copies/ledger");
    assertThat(ledger.path("complete").asBoolean()).isTrue();
    assertThat(ledger.at("/stores/0/partitions/0").toString())
        .contains("\"sequence\":4")
        .contains("\"applied\":2")
        .contains("{\"first\":2,\"last\":3}");
    JsonNode page = json("/projections/copies/quarantine?limit=3");
    assertThat(page.path("items").findValuesAsText("store"))
        .containsExactly("postgresql", "postgresql", "elasticsearch");
    assertThat(
            json("/projections/copies/quarantine?limit=3&cursor=" + page.path("next").asText())
                .path("items")
                .findValuesAsText("kind"))
        .containsExactly("held");
    assertThat(get("/health").body()).contains("\"DEGRADED\"").contains("quarantined 2");
    assertThat(get("/prometheus").body())
        .contains(
            "foldstream_projection_quarantined{store=\"postgresql\",view=\"library/copies\"} 2.0");
    String entry = "/projections/copies/quarantine/" + page.at("/items/0/id").asText() + "/";
    assertThat(post(entry + "retry?store=postgresql", "").body())
        .contains("\"outcome\":\"quarantined\"")
        .contains("too many books");
    assertThat(post(entry + "discard", "{}").statusCode()).isEqualTo(400);
    LibraryDomain.MENDED.set(true);
    assertThat(post(entry + "retry?store=postgresql", "").body())
        .contains("\"outcome\":\"applied\"");
    assertThat(post(entry + "discard", "{\"reason\":\"a test\"}").body())
        .as("it still waits in Elasticsearch")
        .contains("\"outcome\":\"discarded\"")
        .contains("\"store\":\"elasticsearch\"");
    assertThat(post(entry + "retry", "").statusCode()).isEqualTo(404);
    assertThat(post("/projections/copies/pause?store=postgresql", "").body())
        .contains("\"paused\":true");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(json("/projections/copies").at("/versions/0/stores/0/state").asText())
                    .isEqualTo("paused"));
    assertThat(post("/projections/copies/resume", "").body()).doesNotContain("true");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(get("/health").body()).doesNotContain("DEGRADED"));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.getURI() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private void awaitDone(String location) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonNode rebuild = json(location);
              assertThat(rebuild.path("state").asText()).as(rebuild.toString()).isEqualTo("done");
            });
  }

  @Test
  void views_are_verified_rebuilt_and_rolled_back_over_http() throws Exception {
    log.commit(0, "dune", new Bought(2));
    log.commit(1, "ilias", new Bought(3));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(json("/projections/copies").at("/versions/0/progress").asDouble())
                    .isEqualTo(1));
    assertThat(get("/projections/copies/rebuild").statusCode()).isEqualTo(404);
    assertThat(post("/projections/nothing/rebuild", "").statusCode()).isEqualTo(404);
    assertThat(post("/projections/copies/switch", "").body())
        .contains("not-possible-now")
        .contains("has no rebuild");
    assertThat(post("/projections/copies/rollback", "").body())
        .contains("the version that was live before");
    HttpResponse<String> verify = post("/projections/copies/verify", "");
    assertThat(verify.statusCode()).isEqualTo(202);
    String location = verify.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("/projections/copies/rebuild");
    awaitDone(location);
    JsonNode verified = json(location);
    assertThat(verified.at("/comparison/same").asBoolean()).isTrue();
    assertThat(verified.path("eventsDone").asLong()).isEqualTo(2);
    assertThat(verified.path("eventsToDo").asLong(-1)).isZero();
    assertThat(verified.path("stores").findValuesAsText("store"))
        .containsExactly("postgresql", "elasticsearch");
    assertThat(verified.path("stores").findValuesAsText("same")).containsExactly("true", "true");
    assertThat(post("/projections/library.copies/rebuild", "").statusCode()).isEqualTo(202);
    awaitDone(location);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(json("/projections/copies").path("versions").findValuesAsText("state"))
                    .contains("retired"));
    assertThat(post("/projections/copies/rollback?store=nowhere", "").statusCode()).isEqualTo(400);
    HttpResponse<String> rollback = post("/projections/copies/rollback", "");
    assertThat(rollback.statusCode()).as(rollback.body()).isEqualTo(202);
    awaitDone(location);
    assertThat(json(location + "?store=elasticsearch").path("stores").findValuesAsText("kind"))
        .containsExactly("rollback");
    assertThat(json(location).path("kind").asText()).isEqualTo("rollback");
    assertThat(json("/projections/copies").at("/versions/0/stores/0/rebuild").toString())
        .contains("\"kind\":\"rollback\"", "\"state\":\"done\"", "\"eventsToDo\":0");
    assertThat(post("/projections/copies/cancel", "").statusCode()).isEqualTo(409);
    assertThat(get("/swagger/foldstream-projector-v1.yml").body())
        .contains("/projections/{view}/rollback");
  }
}
