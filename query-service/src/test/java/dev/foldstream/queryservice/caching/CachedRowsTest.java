package dev.foldstream.queryservice.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.kernel.Token;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.Rows;
import dev.foldstream.queryservice.library.LibraryDomain.Loan;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CachedRowsTest {

  private static final int CHANGES = 100;

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @SuppressWarnings("NullAway.Init")
  private static Rows loans;

  @BeforeAll
  static void start() {
    host = QueryHost.start();
    loans = host.rows("loans");
    loans.put("first", loan(0));
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static Loan loan(int number) {
    return new Loan("Ada", number, "limit");
  }

  private static double count(QueryHost at, String outcome) throws Exception {
    return at.get("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("foldstream_cache_requests_total"))
        .filter(line -> line.contains("outcome=\"" + outcome + "\"") && line.contains("loans"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static void awaitHit(String key) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              double before = count(host, "hit");
              host.get("/views/loans/" + key);
              return count(host, "hit") > before;
            });
  }

  @Test
  void a_row_that_was_read_is_answered_from_here_until_it_changes() throws Exception {
    loans.put("hot", loan(1));
    awaitHit("hot");
    loans.put("other", loan(1));
    awaitHit("hot");
    loans.put("hot", loan(2));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> host.json("/views/loans/hot").path("order").asInt() == 2);
    loans.put("hot", null);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> host.get("/views/loans/hot").statusCode() == 404);
    awaitHit("hot");
  }

  @Test
  void an_answer_is_never_older_than_the_token_while_others_read_the_same_row() throws Exception {
    loans.put("raced", loan(0));
    var stop = new AtomicBoolean();
    var readers =
        CompletableFuture.runAsync(
            () -> {
              while (!stop.get()) {
                host.sendLater(host.request("/views/loans/raced")).join();
              }
            });
    for (int i = 1; i <= CHANGES; i++) {
      Token written = loans.put("raced", loan(i));
      HttpResponse<String> answer =
          host.send(host.request("/views/loans/raced").header("Foldstream-Token", written.text()));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"order\":" + i + ",");
      Token seen =
          Token.parse(answer.headers().firstValue("Foldstream-Token").orElseThrow()).orElseThrow();
      assertThat(seen.merge(written)).isEqualTo(seen);
    }
    stop.set(true);
    readers.join();
    assertThat(count(host, "hit")).isPositive();
  }

  @Test
  void rows_are_not_kept_when_the_setting_says_so() throws Exception {
    try (var without = host.another(Map.of("foldstream.cache.rows", 0))) {
      assertThat(without.get("/views/loans/first").statusCode()).isEqualTo(200);
      assertThat(count(without, "hit") + count(without, "miss")).isZero();
    }
  }
}
