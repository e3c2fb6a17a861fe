package dev.foldstream.queryservice.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.views.Books;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LimitsTest {

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @BeforeAll
  static void start() {
    host =
        QueryHost.start(
            Map.of(
                "foldstream.queries.statement-timeout", "300ms",
                "foldstream.queries.max-answer-size", "4096",
                "foldstream.queries.max-age", "7s",
                "foldstream.gzip.threshold", "300",
                "foldstream.cors.enabled", "true",
                "foldstream.cors.origins", "https://shop.example"));
    for (int number = 1; number <= 20; number++) {
      host.rows("books").put("b-" + number, Books.book(number));
    }
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void a_query_that_costs_too_much_says_which_index_would_help() throws Exception {
    try (var connection = host.connection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table library_books__v1 in access exclusive mode");
      JsonNode problem =
          host.problem(
              422, "too-costly", host.get("/views/books?title=eq.x&order=pages.desc&note=ilike.a"));
      assertThat(problem.path("detail").asText())
          .startsWith("The query of 'books' was given up after 300 ms. An index")
          .contains(".index(\"title\", \"pages\")", "[note]");
      assertThat(problem.path("index").toString()).isEqualTo("[\"title\",\"pages\"]");
      connection.rollback();
    }
    host.json("/views/books?title=eq.x&order=pages.desc");
  }

  @Test
  void an_answer_that_is_too_large_is_refused() throws Exception {
    JsonNode problem = host.problem(422, "answer-too-large", host.get("/views/books"));
    assertThat(problem.path("detail").asText()).contains("4096 bytes", "select");
    host.problem(422, "answer-too-large", host.get("/search/books"));
    assertThat(host.json("/views/books?select=id").path("items")).hasSize(20);
  }

  @Test
  void an_answer_may_be_kept_as_long_as_the_setting_says() throws Exception {
    assertThat(host.get("/views/books/b-1").headers().firstValue("Cache-Control"))
        .contains("private, max-age=7");
  }

  @Test
  void answers_are_compressed_for_callers_that_accept_it() throws Exception {
    var request = host.request("/views/books?limit=5").header("Accept-Encoding", "gzip");
    assertThat(host.send(request).headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(host.get("/views/books?limit=5").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void pages_of_the_origins_that_were_set_may_ask() throws Exception {
    HttpResponse<String> answer = fromOrigin(host, "https://shop.example");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://shop.example");
    assertThat(String.join(",", answer.headers().allValues("Access-Control-Expose-Headers")))
        .contains("ETag", "Foldstream-Token");
    assertThat(allowed(fromOrigin(host, "https://other.example"))).isFalse();
    try (var usual = host.another(Map.of())) {
      assertThat(allowed(fromOrigin(usual, "https://shop.example"))).isFalse();
    }
  }

  private static HttpResponse<String> fromOrigin(QueryHost host, String origin) throws Exception {
    return host.send(host.request("/views/books/b-1").header("Origin", origin));
  }

  private static boolean allowed(HttpResponse<String> answer) {
    return answer.headers().firstValue("Access-Control-Allow-Origin").isPresent();
  }

  @Test
  void a_caller_that_asks_too_often_is_told_when_to_ask_again() throws Exception {
    var rate =
        Map.<String, Object>of(
            "foldstream.queries.requests-per-second", 1, "foldstream.queries.burst", 2);
    try (var slow = host.another(rate)) {
      slow.json("/views");
      slow.json("/views");
      var refused = slow.get("/views");
      slow.problem(429, "too-many-requests", refused);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(slow.get("/health").statusCode()).isEqualTo(200);
    }
  }
}
