package dev.foldstream.quickstart.demo;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Customers and clerks who trade through the command-service until the thread is interrupted, never
 * faster than the rate. Refusals and failed requests are counted and the shop goes on.
 */
public final class SimulatedShop implements Runnable {

  static final Duration REPORT_EVERY = Duration.ofSeconds(10);
  private static final int CUSTOMERS = 20;
  private static final int OPEN_ORDERS = 200;
  private static final long SEED = 20_260_101;

  private final Counter counter;
  private final Random random = new Random(SEED);
  private final Assortment assortment = new Assortment(random);
  private final int commandsPerSecond;
  private final Consumer<String> report;
  private final Map<String, Integer> answers = new TreeMap<>();
  private final Queue<OpenOrder> open = new ArrayDeque<>();

  /** Ids of this run differ from those of the last, whose orders are still there. */
  private final String run = Long.toString(System.currentTimeMillis(), 36);

  private int orders;
  private int opened;

  public SimulatedShop(URI commandService, int commandsPerSecond, Consumer<String> report) {
    counter = new Counter(commandService);
    this.commandsPerSecond = commandsPerSecond;
    this.report = report;
  }

  private record OpenOrder(String id, int steps) {}

  @Override
  public void run() {
    long interval = Duration.ofSeconds(1).toNanos() / commandsPerSecond;
    long next = System.nanoTime();
    long reportAt = next + REPORT_EVERY.toNanos();
    while (!Thread.currentThread().isInterrupted()) {
      trade();
      if (System.nanoTime() >= reportAt) {
        report.accept(summary());
        reportAt += REPORT_EVERY.toNanos();
      }
      next = Math.max(next + interval, System.nanoTime() - interval);
      java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /** Sends one command. */
  void trade() {
    if (opened < CUSTOMERS) {
      openAccount(customer(opened++));
      return;
    }
    switch (random.nextInt(10)) {
      case 0 -> deposit();
      case 1, 2 -> receiveStock();
      case 3, 4, 5 -> placeOrder();
      default -> advanceOrder();
    }
  }

  private void openAccount(String customer) {
    send(
        "account",
        customer,
        "OpenAccount",
        """
        {"owner": "%s", "email": "%s@example.org", "currency": "EUR"}
        """
            .formatted(customer, customer));
  }

  private void deposit() {
    String amount = Integer.toString(50 + random.nextInt(500)) + ".00";
    send("account", anyCustomer(), "DepositMoney", "{\"amount\": \"%s\"}".formatted(amount));
  }

  private void receiveStock() {
    int quantity = 5 + random.nextInt(20);
    send("stock", assortment.any().sku(), "ReceiveStock", "{\"quantity\": %d}".formatted(quantity));
  }

  private void placeOrder() {
    String id = "order-%s-%d".formatted(run, ++orders);
    String body =
        """
        {"customerId": "%s", "currency": "EUR", "lines": %s}
        """
            .formatted(anyCustomer(), assortment.basket());
    send("order", id, "PlaceOrder", body);
    if (open.size() < OPEN_ORDERS) {
      open.add(new OpenOrder(id, 0));
    }
  }

  /**
   * The oldest order goes one step on: confirmed, shipped, delivered; one in eight is cancelled.
   */
  private void advanceOrder() {
    var order = open.poll();
    if (order == null) {
      receiveStock();
      return;
    }
    if (order.steps() < 2 && random.nextInt(8) == 0) {
      send("order", order.id(), "CancelOrder", "{\"reason\": \"changed my mind\"}");
      return;
    }
    switch (order.steps()) {
      case 0 -> send("order", order.id(), "ConfirmOrder", "{}");
      case 1 ->
          send(
              "order",
              order.id(),
              "ShipOrder",
              "{\"carrier\": \"Post\", \"trackingNumber\": \"T-%s\"}".formatted(order.id()));
      default -> send("order", order.id(), "DeliverOrder", "{}");
    }
    if (order.steps() < 2) {
      open.add(new OpenOrder(order.id(), order.steps() + 1));
    }
  }

  private void send(String aggregate, String id, String command, String body) {
    answers.merge(counter.ask(aggregate, id, command, body), 1, Integer::sum);
  }

  private String anyCustomer() {
    return customer(random.nextInt(CUSTOMERS));
  }

  private static String customer(int number) {
    return "customer-" + (number + 1);
  }

  String summary() {
    return String.format(Locale.ROOT, "  shop: %d orders placed, answers %s", orders, answers);
  }
}
