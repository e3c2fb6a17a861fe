package dev.foldstream.queryservice.waits;

import static dev.foldstream.kernel.ViewStoreKind.ELASTICSEARCH;
import static dev.foldstream.kernel.ViewStoreKind.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.Rows;
import dev.foldstream.queryservice.views.Books;
import dev.foldstream.viewstore.ViewPause;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TokensTest {

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @SuppressWarnings("NullAway.Init")
  private static Rows books;

  @BeforeAll
  static void start() {
    host = QueryHost.start(Map.of("foldstream.queries.max-waits", 2));
    books = host.rows("books");
    books.put("b-1", Books.book(1));
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_query_waits_until_the_view_has_seen_its_token(ViewStoreKind store) throws Exception {
    Token next = books.ahead(store, 1);
    var answer = send("/views/books/awaited-" + store + "?store=" + store, next, "wait=20");
    await().until(() -> waiting() == 1);
    assertThat(answer).isNotDone();
    books.put(store, "awaited-" + store, Books.book(2));
    HttpResponse<String> row = answer.get();
    assertThat(row.statusCode()).as(row.body()).isEqualTo(200);
    Token seen =
        Token.parse(row.headers().firstValue("Foldstream-Token").orElseThrow()).orElseThrow();
    assertThat(seen.merge(next)).isEqualTo(seen);
  }

  @ParameterizedTest
  @EnumSource
  void a_view_that_stays_behind_says_how_far(ViewStoreKind store) throws Exception {
    Token ahead = books.ahead(store, 3);
    var answer = send("/views/books?store=" + store, ahead, "wait=0.2").get();
    JsonNode problem = host.problem(503, "view-behind", answer);
    assertThat(problem.path("missingEvents").asLong()).isEqualTo(3);
    assertThat(problem.path("behind").toString())
        .contains("\"topic\":\"library.book.events\"", "\"partition\":0", "\"missingEvents\":3");
    assertThat(problem.path("detail").asText()).contains("lacks 3 events").contains("0.2 s");
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void without_patience_the_answer_comes_at_once() throws Exception {
    long start = System.nanoTime();
    var answer = send("/views/books/b-1", books.ahead(POSTGRESQL, 1), "wait=0").get();
    host.problem(503, "view-behind", answer);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void without_a_preference_a_query_waits_two_seconds() throws Exception {
    long start = System.nanoTime();
    var request = request("/views/books/b-1", books.ahead(POSTGRESQL, 1));
    host.problem(503, "view-behind", request);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
  }

  @Test
  void a_token_that_was_seen_is_answered_without_a_wait() throws Exception {
    Token seen = books.put("b-1", Books.book(1));
    for (String path : new String[] {"/views/books/b-1", "/views/books", "/search/books"}) {
      assertThat(send(path, seen, "wait=0").get().statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void a_token_of_a_topic_that_does_not_feed_the_view_is_no_concern_of_it() throws Exception {
    Token other = Token.of("library.loan.events", 3, 1_000_000);
    assertThat(send("/views/books/b-1", other, "wait=0").get().statusCode()).isEqualTo(200);
    var both = send("/views/books/b-1", other.merge(books.ahead(POSTGRESQL, 1)), "wait=0");
    JsonNode problem = host.problem(503, "view-behind", both.get());
    assertThat(problem.path("missingEvents").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_view_that_is_paused_says_at_once_that_waiting_is_in_vain(ViewStoreKind store)
      throws Exception {
    Token seen = books.put("paused", Books.book(1));
    var operations = host.store(store).operations();
    operations.pause(host.view("books"), new ViewPause("ops", Instant.now()));
    try {
      long start = System.nanoTime();
      var late = send("/views/books?store=" + store, books.ahead(store, 1), "wait=20").get();
      JsonNode problem = host.problem(503, "view-stalled", late);
      assertThat(problem.path("reason").asText()).isEqualTo("paused");
      assertThat(problem.path("detail").asText()).contains("paused by ops");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      var met = send("/views/books/paused?store=" + store, seen, "wait=0").get();
      assertThat(met.statusCode()).as(met.body()).isEqualTo(200);
    } finally {
      operations.resume(host.view("books"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_row_that_waits_for_an_event_of_the_token_is_not_given_as_if_it_had_it(ViewStoreKind store)
      throws Exception {
    String path = "/views/books/set-aside-" + store + "?store=" + store;
    books.put(store, "set-aside-" + store, Books.book(1));
    Token aside = books.setAside(store, "set-aside-" + store);
    Token later = books.put(store, "healthy-" + store, Books.book(2));
    for (Token token : List.of(aside, later)) {
      JsonNode problem = host.problem(503, "view-stalled", send(path, token, "wait=20").get());
      assertThat(problem.path("reason").asText()).isEqualTo("quarantined");
      assertThat(problem.path("quarantined")).hasSize(1);
    }
    host.problem(503, "view-stalled", send("/views/books?store=" + store, aside, "wait=0").get());
    for (String healthy :
        List.of(
            "/views/books/healthy-" + store + "?store=" + store, "/views/books?store=" + store)) {
      assertThat(send(healthy, later, "wait=5").get().statusCode()).as(healthy).isEqualTo(200);
    }
    assertThat(host.get(path).statusCode()).as("without a token").isEqualTo(200);
  }

  @Test
  void a_search_with_a_token_finds_what_was_written_before() throws Exception {
    for (int number = 0; number < 5; number++) {
      String word = "fresh" + number;
      Token written = books.put("fresh-" + number, Books.book(3, word, null));
      var answer = send("/search/books?q=" + word, written, "wait=5").get();
      assertThat(answer.body()).contains("\"total\":1");
    }
  }

  @Test
  void no_more_queries_wait_than_are_allowed() throws Exception {
    Token far = books.ahead(ELASTICSEARCH, 100).merge(books.ahead(POSTGRESQL, 100));
    var first = send("/views/books", far, "wait=4");
    var second = send("/views/books?store=elasticsearch", far, "wait=4");
    await().until(() -> waiting() == 2);
    HttpResponse<String> third = send("/views/books", far, "wait=4").get();
    host.problem(503, "too-many-waits", third);
    assertThat(third.headers().firstValue("Retry-After")).contains("1");
    assertThat(host.get("/views/books").statusCode()).isEqualTo(200);
    host.problem(503, "view-behind", first.get());
    host.problem(503, "view-behind", second.get());
    assertThat(waiting()).isZero();
  }

  @Test
  void a_query_that_waits_is_answered_before_the_host_stops() throws Exception {
    var stopping = host.another();
    var answer =
        stopping.sendLater(
            stopping
                .request("/views/books")
                .header("Foldstream-Token", books.ahead(POSTGRESQL, 1).text())
                .header("Prefer", "wait=3"));
    await()
        .until(() -> stopping.get("/prometheus").body().contains("foldstream_queries_waiting 1"));
    stopping.stop();
    stopping.problem(503, "view-behind", answer.get());
    stopping.close();
  }

  private static double waiting() throws Exception {
    return host.get("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("foldstream_queries_waiting"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static HttpRequest.Builder request(String path, Token token) {
    return host.request(path).header("Foldstream-Token", token.text());
  }

  private static CompletableFuture<HttpResponse<String>> send(
      String path, Token token, String preference) {
    return host.sendLater(request(path, token).header("Prefer", preference));
  }
}
