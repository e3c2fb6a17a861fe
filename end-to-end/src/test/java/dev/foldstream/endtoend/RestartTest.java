package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.quickstart.Installation;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Hosts are killed in the middle of the work: nothing is lost and nothing happens twice. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RestartTest {

  private static final int ACCOUNTS = 20;
  private static final int ROUNDS = 100;
  private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

  private final Installation running = SharedInstallation.running();

  @Test
  void killed_command_service_and_projector_lose_nothing_and_do_nothing_twice() throws Exception {
    String prefix = Shop.newId("restart");
    List<String> lines = deposits(prefix);

    var answered = new AtomicInteger();
    var firstTry = CompletableFuture.runAsync(() -> sendUntilKilled(lines, answered));
    await().atMost(CAUGHT_UP).until(() -> answered.get() > ACCOUNTS * 5);
    running.commandService().kill();
    running.projector().kill();
    firstTry.get();
    running.commandService().start();
    running.projector().start();
    List<JsonNode> again = send(lines);

    assertThat(answered.get()).as("killed in the middle").isLessThan(lines.size());
    assertThat(again).allSatisfy(a -> assertThat(a.path("outcome").asText()).isEqualTo("accepted"));
    for (int i = 0; i < ACCOUNTS; i++) {
      assertBalance(prefix + "-" + i);
    }
    Log log = Log.read(running.services().kafka().bootstrapServers(), "commerce", "account");
    log.keepsItsPromises();
    assertThat(log.events().stream().filter(e -> Log.key(e).startsWith(prefix)))
        .hasSize(lines.size());
  }

  /** Every account is opened and gets a deposit of one in each round. */
  private static List<String> deposits(String prefix) {
    var lines = new ArrayList<String>();
    IntStream.range(0, ACCOUNTS)
        .forEach(
            i ->
                lines.add(
                    line(
                        prefix,
                        i,
                        0,
                        "OpenAccount",
                        "{\"owner\":\"A\",\"email\":\"a@b.c\",\"currency\":\"EUR\"}")));
    for (int round = 1; round <= ROUNDS; round++) {
      for (int i = 0; i < ACCOUNTS; i++) {
        lines.add(line(prefix, i, round, "DepositMoney", "{\"amount\":\"1.00\"}"));
      }
    }
    return lines;
  }

  private static String line(String prefix, int account, int round, String command, String data) {
    return ("{\"domain\":\"commerce\",\"aggregate\":\"account\",\"id\":\"%s-%d\",\"command\":\"%s\","
            + "\"data\":%s,\"commandId\":\"%s-%d-%d\"}")
        .formatted(prefix, account, command, data, prefix, account, round);
  }

  /** Counts the lines that were answered before the host went away. */
  private void sendUntilKilled(List<String> lines, AtomicInteger answered) {
    int from = 0;
    boolean alive = true;
    while (alive && from < lines.size()) {
      try {
        answered.addAndGet(send(lines.subList(from, from + ACCOUNTS)).size());
        from += ACCOUNTS;
      } catch (UncheckedIOException killed) {
        alive = false;
      }
    }
  }

  private List<JsonNode> send(List<String> lines) {
    var answer = new Caller(running.commandService().uri()).postLines(String.join("\n", lines));
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().lines().map(Caller::parse).toList();
  }

  private void assertBalance(String account) {
    Caller queries = new Caller(running.queryService().uri());
    await()
        .atMost(CAUGHT_UP)
        .untilAsserted(
            () ->
                assertThat(
                        queries
                            .get("/views/account-balances/" + account)
                            .json()
                            .path("balance")
                            .asText())
                    .isEqualTo(ROUNDS + ".00"));
  }
}
