package dev.foldstream.queryservice.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.DevService;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.views.Books;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StoresAwayTest {

  private static final DevService POSTGRESQL = DevServices.shared().service(Part.POSTGRESQL);
  private static final DevService ELASTICSEARCH = DevServices.shared().service(Part.ELASTICSEARCH);

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @BeforeAll
  static void start() {
    host = QueryHost.start();
    host.rows("books").put("b-1", Books.book(1));
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @AfterEach
  void both_are_back() {
    POSTGRESQL.start();
    ELASTICSEARCH.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> host.get("/health").body().contains("\"postgresql\":\"UP\""));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> host.get("/health").body().contains("\"elasticsearch\":\"UP\""));
  }

  @Test
  void while_elasticsearch_is_away_views_of_postgresql_go_on() throws Exception {
    ELASTICSEARCH.kill();
    var search = host.get("/search/books?q=x");
    JsonNode problem = host.problem(503, "view-store-unavailable", search);
    assertThat(search.headers().firstValue("Retry-After")).contains("2");
    assertThat(problem.toString()).doesNotContain("127.0.0.1").doesNotContain("localhost");
    host.problem(503, "view-store-unavailable", host.get("/views/shelves"));
    assertThat(host.get("/views/books/b-1").statusCode()).isEqualTo(200);
    assertThat(health(200).at("/details/viewStores/details"))
        .isEqualTo(json("{\"postgresql\": \"UP\", \"elasticsearch\": \"DOWN\"}"));
  }

  @Test
  void while_postgresql_is_away_views_of_elasticsearch_go_on() throws Exception {
    POSTGRESQL.kill();
    // A row that is kept is answered until its changes were not heard for a moment.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> host.get("/views/books/b-1").statusCode() != 200);
    JsonNode problem = host.problem(503, "view-store-unavailable", host.get("/views/books/b-1"));
    assertThat(problem.toString()).doesNotContain("127.0.0.1").doesNotContain("localhost");
    assertThat(host.get("/views/books/b-1?store=elasticsearch").statusCode()).isEqualTo(200);
    assertThat(health(200).at("/details/viewStores/details"))
        .isEqualTo(json("{\"postgresql\": \"DOWN\", \"elasticsearch\": \"UP\"}"));
  }

  @Test
  void when_both_are_away_the_host_is_down() throws Exception {
    ELASTICSEARCH.kill();
    POSTGRESQL.kill();
    assertThat(health(503).at("/details/viewStores/status").asText()).isEqualTo("DOWN");
    assertThat(host.get("/health/liveness").statusCode()).isEqualTo(200);
  }

  @Test
  void a_wait_survives_a_restart_of_the_store() throws Exception {
    var books = host.rows("books");
    var next = books.ahead(ViewStoreKind.POSTGRESQL, 1);
    var answer =
        host.sendLater(
            host.request("/views/books/b-9")
                .header("Foldstream-Token", next.text())
                .header("Prefer", "wait=30"));
    await().until(() -> host.get("/prometheus").body().contains("foldstream_queries_waiting 1"));
    POSTGRESQL.kill();
    POSTGRESQL.start();
    books.put(ViewStoreKind.POSTGRESQL, "b-9", Books.book(9));
    assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
  }

  private static JsonNode health(int status) throws Exception {
    var answer = host.get("/health");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer.body());
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
