package dev.foldstream.queryservice.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.kernel.Token;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.Rows;
import dev.foldstream.queryservice.library.LibraryDomain.Loan;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RedisRowsTest {

  private static final int CHANGES = 50;

  @SuppressWarnings("NullAway.Init")
  private static RedisServer redis;

  @SuppressWarnings("NullAway.Init")
  private static QueryHost first;

  @SuppressWarnings("NullAway.Init")
  private static QueryHost second;

  @SuppressWarnings("NullAway.Init")
  private static Rows loans;

  @BeforeAll
  static void start() throws IOException {
    int port = freePort();
    redis = RedisServer.builder().port(port).bind("127.0.0.1").setting("save \"\"").build();
    redis.start();
    // One row is kept in each process, so that Redis is asked.
    Map<String, Object> settings =
        Map.of(
            "foldstream.cache.rows", 1, "foldstream.cache.redis.url", "redis://127.0.0.1:" + port);
    first = QueryHost.start(settings);
    second = first.another(settings);
    loans = first.rows("loans");
    loans.put("first", loan(0));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  static void stop() throws IOException {
    first.close();
    second.close();
    redis.stop();
  }

  private static Loan loan(int number) {
    return new Loan("Ada", number, "limit");
  }

  private static double count(QueryHost host, String outcome) throws Exception {
    return host.get("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("foldstream_cache_redis_total"))
        .filter(line -> line.contains("outcome=\"" + outcome + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void what_one_instance_read_another_one_answers_until_it_changes() throws Exception {
    loans.put("shared", loan(1));
    for (int i = 2; i <= 3; i++) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                double before = count(second, "hit");
                first.get("/views/loans/shared");
                second.get("/views/loans/shared");
                second.get("/views/loans/pushes-it-out");
                return count(second, "hit") > before;
              });
      loans.put("shared", loan(i));
      int changed = i;
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> second.json("/views/loans/shared").path("order").asInt() == changed);
    }
  }

  @Test
  void no_answer_of_any_instance_is_older_than_the_token() throws Exception {
    loans.put("raced", loan(0));
    for (int i = 1; i <= CHANGES; i++) {
      Token written = loans.put("raced", loan(i));
      for (QueryHost host : new QueryHost[] {second, first, second}) {
        var answer =
            host.send(
                host.request("/views/loans/raced").header("Foldstream-Token", written.text()));
        assertThat(answer.body()).contains("\"order\":" + i + ",");
        host.get("/views/loans/pushes-it-out");
      }
    }
  }

  @Test
  void a_redis_that_does_not_answer_does_no_harm() throws Exception {
    var nobody = "redis://127.0.0.1:" + freePort();
    try (var without = first.another(Map.of("foldstream.cache.redis.url", nobody))) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                assertThat(without.get("/views/loans/first").statusCode()).isEqualTo(200);
                assertThat(without.get("/views/loans/nothing").statusCode()).isEqualTo(404);
                return count(without, "failed") > 0;
              });
    }
  }
}
