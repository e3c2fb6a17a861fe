package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foldstream.endtoend.Bank.Order;
import dev.foldstream.endtoend.Caller.Answer;
import dev.foldstream.quickstart.Host;
import dev.foldstream.quickstart.HostProcess;
import dev.foldstream.quickstart.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two command-services share the work; one is killed, or stands still longer than its session. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleOutTest {

  private static final int ACCOUNTS = 12;
  private static final int ROUNDS = 25;
  private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

  private final Installation running = SharedInstallation.running();
  private final Caller first = SharedInstallation.commands();
  private final HostProcess another = running.startAnother(Host.COMMAND_SERVICE);
  private final Caller second = new Caller(another.uri());
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  void share() {
    awaitShared();
  }

  @AfterAll
  void alone() {
    another.close();
    callers.close();
  }

  @Test
  void an_instance_killed_under_load_costs_no_outcome_and_applies_nothing_twice() {
    var bank = new Bank();
    var orders = new ArrayList<List<Order>>();
    var working = new ArrayList<CompletableFuture<Void>>();
    for (int account = 0; account < ACCOUNTS; account++) {
      orders.add(orders(bank, account));
      // Half of them begin at the instance that is killed.
      var instances = account % 2 == 0 ? List.of(first, second) : List.of(second, first);
      List<Order> own = orders.getLast();
      working.add(
          CompletableFuture.runAsync(
              () -> own.forEach(order -> bank.settle(order, instances)), callers));
    }
    await().atMost(CAUGHT_UP).until(() -> bank.firstOutcomes().size() > ACCOUNTS * ROUNDS / 2);
    another.kill();
    int known = bank.firstOutcomes().size();
    working.forEach(CompletableFuture::join);

    List<Order> all = orders.stream().flatMap(List::stream).toList();
    assertThat(known).as("killed in the middle").isLessThan(all.size());
    assertThat(bank.firstOutcomes()).hasSize(all.size());
    assertThat(bank.accepted()).isEqualTo((long) ACCOUNTS * (ROUNDS + 1));
    repeat(bank, all, List.of(first));
    another.start();
    awaitShared();
    repeat(bank, all, List.of(second));
    assertAppliedOnce(bank);
  }

  @Test
  void a_zombie_is_fenced_and_who_waited_in_vain_finds_the_outcome_at_the_location()
      throws Exception {
    var bank = new Bank();
    awaitShared();
    IntStream.range(0, ACCOUNTS).forEach(i -> bank.settle(bank.open(i), List.of(first)));
    List<Order> deposits =
        IntStream.range(0, ACCOUNTS).mapToObj(i -> bank.deposit(i, "stopped")).toList();
    List<Order> flying =
        IntStream.range(0, ACCOUNTS).mapToObj(i -> bank.deposit(i, "flying")).toList();
    var inFlight = inParallel(flying, order -> bank.settle(order, List.of(second, first)));
    var late = new ArrayList<Order>();
    signal("STOP");
    try {
      var answers = inParallel(deposits, order -> post(order, "wait=1"));
      for (int i = 0; i < ACCOUNTS; i++) {
        Answer answer = answers.get(i).join();
        assertThat(answer.status()).as(answer.body()).isIn(200, 504);
        if (answer.status() == 504) {
          assertThat(answer.problem()).isEqualTo("outcome-unknown-yet");
          assertThat(answer.header("Location")).isEqualTo(deposits.get(i).location());
          late.add(deposits.get(i));
        }
      }
      assertThat(late).as("commands of partitions that the zombie decides").isNotEmpty();
      // The other instance takes over what the zombie decided, and answers.
      late.forEach(order -> awaitOutcomeAtLocation(order));
      repeat(bank, deposits, List.of(first));
    } finally {
      signal("CONT");
    }
    inFlight.forEach(CompletableFuture::join);
    awaitShared();
    repeat(bank, deposits, List.of(second));
    repeat(bank, flying, List.of(second, first));
    assertThat(bank.accepted()).isEqualTo(3L * ACCOUNTS);
    assertAppliedOnce(bank);
  }

  private static List<Order> orders(Bank bank, int account) {
    var orders = new ArrayList<Order>();
    orders.add(bank.open(account));
    for (int round = 0; round < ROUNDS; round++) {
      orders.add(bank.deposit(account, "deposit-" + round));
      if (round % 5 == 0) {
        orders.add(bank.charge(account, "charge-" + round));
      }
    }
    return orders;
  }

  /** Each gets its first outcome again, refusals too. */
  private void repeat(Bank bank, List<Order> orders, List<Caller> instances) {
    inParallel(orders, order -> bank.settle(order, instances)).forEach(CompletableFuture::join);
  }

  private <T> List<CompletableFuture<T>> inParallel(
      List<Order> orders, java.util.function.Function<Order, T> work) {
    return orders.stream()
        .map(order -> CompletableFuture.supplyAsync(() -> work.apply(order), callers))
        .toList();
  }

  private Answer post(Order order, String preference) {
    return first.post(
        order.path(), order.body(), "Idempotency-Key", order.id(), "Prefer", preference);
  }

  private void awaitOutcomeAtLocation(Order order) {
    await()
        .atMost(CAUGHT_UP)
        .untilAsserted(
            () -> {
              Answer answer = first.get(order.location());
              assertThat(answer.status()).as(answer.body()).isEqualTo(200);
              assertThat(answer.json().path("outcome").asText()).isEqualTo("accepted");
            });
  }

  private void assertAppliedOnce(Bank bank) {
    Log log = Log.read(running.services().kafka().bootstrapServers(), "commerce", "account");
    log.keepsItsPromises();
    var applied = new HashSet<String>();
    for (var event : log.events()) {
      String id = Log.text(event, "ce_commandid");
      if (bank.firstOutcomes().containsKey(id)) {
        assertThat(applied.add(id)).as("applied once: %s", id).isTrue();
      }
    }
    assertThat(applied).hasSize((int) bank.accepted());
  }

  private void awaitShared() {
    await()
        .atMost(CAUGHT_UP)
        .until(() -> partitions(first) > 0 && partitions(second) > 0 && healthy());
  }

  private boolean healthy() {
    return first.get("/health").status() == 200 && second.get("/health").status() == 200;
  }

  private static int partitions(Caller instance) {
    return instance
        .get("/health")
        .json()
        .at("/details/decisions/details/commerce.account/partitions")
        .size();
  }

  private void signal(String name) throws IOException, InterruptedException {
    var sent = new ProcessBuilder("kill", "-" + name, Long.toString(another.pid())).start();
    assertThat(sent.waitFor()).isZero();
  }
}
