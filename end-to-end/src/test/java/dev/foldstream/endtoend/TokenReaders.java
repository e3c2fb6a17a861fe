package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.foldstream.endtoend.Caller.Answer;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Customers who pay in and read their balance with the token of the payment: by key, as a page, and
 * as the state of the aggregate; and an order each now and then, which they read from
 * Elasticsearch. A query that is not answered is asked again; one that is answered must know all
 * that its token names.
 */
final class TokenReaders implements AutoCloseable {

  private static final int CUSTOMERS = 4;
  private static final int ORDER_EVERY = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Caller commands = SharedInstallation.commands();
  private final Caller queries = SharedInstallation.queries();
  private final AtomicInteger rounds = new AtomicInteger();
  private final List<CompletableFuture<Void>> customers =
      IntStream.range(0, CUSTOMERS)
          .mapToObj(i -> CompletableFuture.runAsync(this::pay, Thread::startVirtualThread))
          .toList();
  private volatile boolean closing;

  private void pay() {
    String customer = Shop.newId("tokens");
    command(
        "account/" + customer + "/OpenAccount",
        "{\"owner\":\"A\",\"email\":\"a@b.c\",\"currency\":\"EUR\"}");
    for (int paid = 1; !closing; paid++) {
      String token = command("account/" + customer + "/DepositMoney", "{\"amount\":\"1.00\"}");
      String seen = assertKnows(paid, "/views/account-balances/" + customer, "/balance", token);
      String page = "/views/account-balances?customerId=eq." + customer;
      assertKnows(paid, page, "/items/0/balance", seen);
      assertKnows(paid + 1, "/streams/commerce/account/" + customer + "/state", "/version", token);
      if (paid % ORDER_EVERY == 0) {
        order();
      }
      rounds.incrementAndGet();
    }
  }

  /** Returns the token of the answer, which says at least as much. */
  private String assertKnows(int wanted, String path, String place, String token) {
    Answer answer = answered(path, token);
    assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
    assertThat(new BigDecimal(answer.json().at(place).asText("0")))
        .as("%s with %s: %s", path, token, answer.body())
        .isGreaterThanOrEqualTo(new BigDecimal(wanted));
    return answer.header("Foldstream-Token");
  }

  private void order() {
    String order = Shop.newId("o");
    String token = Shop.placed(order);
    Answer row = answered("/views/order-details/" + order + "?store=elasticsearch", token);
    assertThat(row.status()).as(row.body()).isEqualTo(200);
  }

  private String command(String path, String body) {
    Answer answer = commands.post("/commands/commerce/" + path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.header("Foldstream-Token");
  }

  /** Asked again while its host is away, and while the view is behind. */
  private Answer answered(String path, String token) {
    return await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> queries.get(path, "Foldstream-Token", token, "Prefer", "wait=5"),
            answer -> answer.status() != 503);
  }

  /** Until each customer has paid and read so often again, or one of them was told too little. */
  void awaitMore(int each) {
    int wanted = rounds.get() + each * CUSTOMERS;
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                rounds.get() >= wanted
                    || customers.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
    customers.stream()
        .filter(CompletableFuture::isCompletedExceptionally)
        .findFirst()
        .ifPresent(failed -> fail("a customer was not told what it knows", failed.exceptionNow()));
  }

  @Override
  public void close() {
    closing = true;
    customers.forEach(CompletableFuture::join);
  }
}
