package dev.foldstream.endtoend.tradingday;

import static dev.foldstream.endtoend.tradingday.Counter.fields;
import static dev.foldstream.endtoend.tradingday.Counter.money;

import dev.foldstream.endtoend.tradingday.Catalogue.Article;
import dev.foldstream.endtoend.tradingday.Catalogue.Customer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The shop on that day: goods come in, customers pay in and order, and each order is fulfilled line
 * by line. It keeps its own simple books, so that it asks for what a real shop would ask next.
 */
final class Shop {

  /** One customer's order and how far it is. */
  static final class Purchase {
    final String id;
    final Customer customer;
    final Map<Article, Integer> lines = new LinkedHashMap<>();
    final List<Article> reserved = new ArrayList<>();
    boolean paid;

    Purchase(String id, Customer customer) {
      this.id = id;
      this.customer = customer;
    }

    long cents() {
      return lines.entrySet().stream()
          .mapToLong(e -> (long) e.getKey().cents() * e.getValue())
          .sum();
    }
  }

  private static final int ORDERS = 320;
  private static final double CHANGES_MIND = 0.06;
  private static final List<String> CARRIERS = List.of("Blue Post", "Swift Wheels", "Northline");

  private final Schedule schedule;
  private final Counter counter;
  private final Random random;
  private final List<Article> articles = Catalogue.articles();
  private final Map<String, Integer> available = new HashMap<>();
  private final Map<String, Long> balances = new HashMap<>();
  private final List<Customer> known = new ArrayList<>();

  final List<Purchase> waiting = new ArrayList<>();
  final List<Purchase> shipped = new ArrayList<>();
  final List<Purchase> cancelled = new ArrayList<>();

  Shop(Schedule schedule, Counter counter, Random random) {
    this.schedule = schedule;
    this.counter = counter;
    this.random = random;
  }

  List<Customer> known() {
    return known;
  }

  void plan(Instant opening) {
    for (int i = 0; i < articles.size(); i++) {
      var article = articles.get(i);
      int first = i % 7 == 6 ? 5 + random.nextInt(5) : (i < 8 ? 110 : 40) + random.nextInt(40);
      schedule.at(opening.plusSeconds(20L * i), () -> receive(article, first));
      if (i % 3 == 0) {
        var noon = opening.plus(Duration.ofMinutes(270)).plusSeconds(35L * i);
        schedule.at(noon, () -> receive(article, 10 + random.nextInt(20)));
      }
    }
    for (var customer : Catalogue.customers()) {
      schedule.at(between(opening, 5, 240), () -> open(customer));
    }
    for (int number = 1; number <= ORDERS; number++) {
      var id = "o-%04d".formatted(number);
      schedule.at(between(opening, 60, 640), () -> order(id));
    }
  }

  private Instant between(Instant start, int fromMinute, int toMinute) {
    long millis = Duration.ofMinutes(toMinute - fromMinute).toMillis();
    return start.plus(Duration.ofMinutes(fromMinute)).plusMillis(random.nextInt((int) millis));
  }

  private void receive(Article article, int quantity) {
    counter.sendOnce("stock", article.sku(), "ReceiveStock", "quantity", quantity);
    available.merge(article.sku(), quantity, Integer::sum);
  }

  private void open(Customer c) {
    counter.send(
        "account",
        c.id(),
        "OpenAccount",
        "owner",
        c.owner(),
        "email",
        c.email(),
        "currency",
        c.currency());
    known.add(c);
    schedule.at(between(schedule.now(), 1, 10), () -> deposit(c, 400 + random.nextInt(1_600)));
    if (random.nextInt(10) < 4) {
      schedule.at(between(schedule.now(), 60, 400), () -> deposit(c, 100 + random.nextInt(600)));
    }
  }

  private void deposit(Customer c, int units) {
    int cents = units * 100 + (random.nextInt(4) == 0 ? random.nextInt(100) : 0);
    if (random.nextInt(5) == 0) {
      counter.sendOnce(
          "account", c.id(), "DepositMoney", "amount", money(cents), "currency", c.currency());
    } else {
      counter.sendOnce("account", c.id(), "DepositMoney", "amount", money(cents));
    }
    balances.merge(c.id(), (long) cents, Long::sum);
  }

  private void order(String id) {
    var purchase = new Purchase(id, known.get(random.nextInt(known.size())));
    int wanted = 1 + random.nextInt(4);
    for (int i = 0; i < wanted; i++) {
      double popularity = random.nextDouble() * random.nextDouble();
      var article = articles.get((int) (popularity * articles.size()));
      purchase.lines.putIfAbsent(article, 1 + random.nextInt(3));
    }
    counter.send(
        "order",
        id,
        "PlaceOrder",
        "customerId",
        purchase.customer.id(),
        "currency",
        purchase.customer.currency(),
        "lines",
        lines(purchase));
    reserveNext(purchase, new ArrayList<>(purchase.lines.keySet()));
  }

  static List<Map<String, Object>> lines(Purchase purchase) {
    return purchase.lines.entrySet().stream()
        .map(
            line ->
                fields(
                    "sku", line.getKey().sku(),
                    "quantity", line.getValue(),
                    "unitPrice", money(line.getKey().cents())))
        .toList();
  }

  private void reserveNext(Purchase purchase, List<Article> left) {
    if (left.isEmpty()) {
      soon(() -> charge(purchase));
      return;
    }
    soon(
        () -> {
          var article = left.removeFirst();
          int quantity = purchase.lines.getOrDefault(article, 0);
          counter.send(
              "stock", article.sku(), "ReserveStock", "orderId", purchase.id, "quantity", quantity);
          if (take(article.sku(), quantity)) {
            purchase.reserved.add(article);
            reserveNext(purchase, left);
          } else {
            giveUp(purchase, "out of stock: " + article.sku());
          }
        });
  }

  private void charge(Purchase purchase) {
    var account = purchase.customer.id();
    counter.send(
        "account",
        account,
        "ChargeAccount",
        "orderId",
        purchase.id,
        "amount",
        money(purchase.cents()));
    if (spend(account, purchase.cents())) {
      purchase.paid = true;
      soon(() -> confirm(purchase));
    } else {
      giveUp(purchase, "insufficient funds");
    }
  }

  /** Notes in the books that goods are no longer available, when they are. */
  boolean take(String sku, int quantity) {
    boolean enough = available.getOrDefault(sku, 0) >= quantity;
    if (enough) {
      available.merge(sku, -quantity, Integer::sum);
    }
    return enough;
  }

  /** Notes in the books that money was spent, when it is there. */
  boolean spend(String account, long cents) {
    boolean enough = balances.getOrDefault(account, 0L) >= cents;
    if (enough) {
      balances.merge(account, -cents, Long::sum);
    }
    return enough;
  }

  private void confirm(Purchase purchase) {
    counter.send("order", purchase.id, "ConfirmOrder");
    waiting.add(purchase);
    if (random.nextDouble() < CHANGES_MIND) {
      schedule.at(between(schedule.now(), 5, 40), () -> giveUp(purchase, "customer changed mind"));
    } else {
      schedule.at(between(schedule.now(), 45, 200), () -> ship(purchase));
    }
  }

  /** Gives back what was reserved and charged, and cancels. */
  private void giveUp(Purchase purchase, String reason) {
    waiting.remove(purchase);
    for (var article : List.copyOf(purchase.reserved)) {
      soon(
          () -> {
            counter.send("stock", article.sku(), "ReleaseStock", "orderId", purchase.id);
            available.merge(article.sku(), purchase.lines.getOrDefault(article, 0), Integer::sum);
          });
    }
    if (purchase.paid) {
      soon(
          () -> {
            counter.send("account", purchase.customer.id(), "RefundCharge", "orderId", purchase.id);
            balances.merge(purchase.customer.id(), purchase.cents(), Long::sum);
          });
    }
    soon(
        () -> {
          counter.send("order", purchase.id, "CancelOrder", "reason", reason);
          cancelled.add(purchase);
        });
  }

  private void ship(Purchase purchase) {
    waiting.remove(purchase);
    shipped.add(purchase);
    counter.send(
        "order",
        purchase.id,
        "ShipOrder",
        "carrier",
        CARRIERS.get(random.nextInt(CARRIERS.size())),
        "trackingNumber",
        "T" + (100_000 + random.nextInt(900_000)));
    for (var article : purchase.reserved) {
      soon(() -> counter.send("stock", article.sku(), "DispatchStock", "orderId", purchase.id));
    }
    schedule.at(
        between(schedule.now(), 60, 240), () -> counter.send("order", purchase.id, "DeliverOrder"));
  }

  private void soon(Runnable action) {
    schedule.afterMillis(1_000 + random.nextInt(1_500), action);
  }
}
