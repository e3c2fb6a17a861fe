package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foldstream.endtoend.Caller.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Customers who open accounts, pay in, order, pay and cancel, round after round until closed. */
final class ShopLoad implements AutoCloseable {

  private static final int CUSTOMERS = 12;
  private static final int MAX_ROUNDS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Caller commands = SharedInstallation.commands();
  private final String prefix = Shop.newId("load");
  private final AtomicInteger rounds = new AtomicInteger();
  private volatile boolean closing;
  private final CompletableFuture<Void> working = CompletableFuture.runAsync(this::work);

  private void work() {
    while (!closing && rounds.get() < MAX_ROUNDS) {
      Answer answer = commands.postLines(String.join("\n", round(rounds.get())));
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      rounds.incrementAndGet();
    }
  }

  /** Until so many more rounds were answered. */
  void awaitMore(int more) {
    int wanted = rounds.get() + more;
    await().atMost(PATIENCE).until(() -> rounds.get() >= wanted || working.isDone());
    assertThat(rounds.get()).as("rounds").isGreaterThanOrEqualTo(wanted);
  }

  private List<String> round(int round) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < CUSTOMERS; i++) {
      String customer = prefix + "-" + i;
      String order = prefix + "-" + i + "-" + round;
      if (round == 0) {
        lines.add(
            line(
                "account",
                customer,
                "OpenAccount",
                "{\"owner\":\"A\",\"email\":\"a@b.c\",\"currency\":\"EUR\"}"));
      }
      lines.add(line("account", customer, "DepositMoney", "{\"amount\":\"50.00\"}"));
      lines.add(line("order", order, "PlaceOrder", Shop.TWO_LAMPS.replace("c-1", customer)));
      lines.add(
          line(
              "account",
              customer,
              "ChargeAccount",
              "{\"orderId\":\"%s\",\"amount\":\"39.80\"}".formatted(order)));
      if ((round + i) % 4 == 0) {
        lines.add(line("order", order, "CancelOrder", "{\"reason\":\"second thoughts\"}"));
        lines.add(
            line("account", customer, "RefundCharge", "{\"orderId\":\"%s\"}".formatted(order)));
      }
    }
    return lines;
  }

  private static String line(String aggregate, String id, String command, String data) {
    return "{\"domain\":\"commerce\",\"aggregate\":\"%s\",\"id\":\"%s\",\"command\":\"%s\",\"data\":%s}"
        .formatted(aggregate, id, command, data.replace("\n", ""));
  }

  /** Returns when the round in hand is answered. */
  void stop() {
    closing = true;
    working.join();
  }

  @Override
  public void close() {
    stop();
  }
}
