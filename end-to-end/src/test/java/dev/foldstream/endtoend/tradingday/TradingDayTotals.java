package dev.foldstream.endtoend.tradingday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must come of a file of commands, worked out from its text alone: with its own reading, its
 * own arithmetic in cents and its own books, and nothing of the example domain's code.
 *
 * @param balances of each open account
 * @param levels of each article that something was received of
 * @param customers what each ordered, without cancelled orders, and paid, without refunds
 * @param orders how many have each status
 * @param orderCents the sum of all orders' totals, cancelled ones too, for each currency
 * @param rejections how often each was given, command ids seen before not counted
 * @param accepted how many commands, command ids seen before not counted
 * @param seenBefore how many lines repeat a command id
 */
record TradingDayTotals(
    SortedMap<String, Balance> balances,
    SortedMap<String, Level> levels,
    SortedMap<String, Customer> customers,
    SortedMap<String, Integer> orders,
    SortedMap<String, Long> orderCents,
    SortedMap<String, Integer> rejections,
    int accepted,
    int seenBefore) {

  record Balance(String owner, String currency, long cents) {}

  record Level(int onHand, int reserved) {}

  record Customer(int orders, long cents) {
    static Customer sum(Customer one, Customer other) {
      return new Customer(one.orders + other.orders, one.cents + other.cents);
    }
  }

  static TradingDayTotals of(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  static TradingDayTotals of(List<String> lines) {
    var books = new Books();
    lines.forEach(books::enter);
    return books.totals();
  }

  /** What rows of {@code account-balances} say, as the query service answers them. */
  static SortedMap<String, Balance> balancesIn(Collection<Fields> rows) {
    var balances = new TreeMap<String, Balance>();
    for (var row : rows) {
      balances.put(
          row.text("customerId"),
          new Balance(row.text("owner"), row.text("currency"), row.cents("balance")));
    }
    return balances;
  }

  /** What rows of {@code stock-levels} say. */
  static SortedMap<String, Level> levelsIn(Collection<Fields> rows) {
    var levels = new TreeMap<String, Level>();
    for (var row : rows) {
      var level = new Level(row.number("onHand"), row.number("reserved"));
      if (row.number("available") != level.onHand() - level.reserved()) {
        throw new AssertionError("available is what is on hand and not reserved; found " + row);
      }
      levels.put(row.text("sku"), level);
    }
    return levels;
  }

  /** What rows of {@code customer-orders} say. */
  static SortedMap<String, Customer> customersIn(Collection<Fields> rows) {
    var customers = new TreeMap<String, Customer>();
    for (var row : rows) {
      customers.put(row.text("customerId"), new Customer(row.number("orders"), row.cents("spent")));
    }
    return customers;
  }

  /** How many of these rows of {@code order-details} have each status. */
  static SortedMap<String, Integer> ordersIn(Collection<Fields> rows) {
    var orders = new TreeMap<String, Integer>();
    rows.forEach(row -> orders.merge(row.text("status"), 1, Integer::sum));
    return orders;
  }

  /** The sum of the totals in these rows of {@code order-details}. */
  static SortedMap<String, Long> orderCentsIn(Collection<Fields> rows) {
    var cents = new TreeMap<String, Long>();
    rows.forEach(row -> cents.merge(row.text("currency"), row.cents("total"), Long::sum));
    return cents;
  }

  private static final class Books {
    private final SortedMap<String, AccountBook> accounts = new TreeMap<>();
    private final SortedMap<String, StockBook> stocks = new TreeMap<>();
    private final SortedMap<String, OrderBook> orders = new TreeMap<>();
    private final SortedMap<String, Integer> rejections = new TreeMap<>();
    private final Set<String> commandIds = new HashSet<>();
    private int accepted;
    private int seenBefore;

    void enter(String json) {
      var line = Fields.of(json);
      if (!commandIds.add(line.text("commandId"))) {
        seenBefore++;
        return;
      }
      var rejection = enter(line);
      if (rejection == null) {
        accepted++;
      } else {
        rejections.merge(rejection, 1, Integer::sum);
      }
    }

    private @Nullable String enter(Fields line) {
      var id = line.text("id");
      var command = line.text("command");
      var data = line.object("data");
      return switch (line.text("domain") + "." + line.text("aggregate")) {
        case "commerce.account" ->
            accounts.computeIfAbsent(id, _ -> new AccountBook()).enter(command, data);
        case "commerce.stock" ->
            stocks.computeIfAbsent(id, _ -> new StockBook()).enter(command, data);
        case "commerce.order" ->
            orders.computeIfAbsent(id, _ -> new OrderBook()).enter(command, data);
        default -> throw new IllegalArgumentException("no book for " + line);
      };
    }

    TradingDayTotals totals() {
      var balances = new TreeMap<String, Balance>();
      accounts.forEach(
          (id, book) -> {
            if (book.isOpen()) {
              balances.put(id, new Balance(book.owner, book.currency, book.cents));
            }
          });
      var levels = new TreeMap<String, Level>();
      stocks.forEach(
          (sku, book) -> {
            if (book.received) {
              levels.put(sku, new Level(book.onHand, book.reserved()));
            }
          });
      var byStatus = new TreeMap<String, Integer>();
      var cents = new TreeMap<String, Long>();
      for (var book : orders.values()) {
        if (!book.status.isEmpty()) {
          byStatus.merge(book.status, 1, Integer::sum);
          cents.merge(book.currency, book.cents, Long::sum);
        }
      }
      return new TradingDayTotals(
          balances, levels, customers(), byStatus, cents, rejections, accepted, seenBefore);
    }

    private SortedMap<String, Customer> customers() {
      var customers = new TreeMap<String, Customer>();
      for (var book : orders.values()) {
        if (!book.status.isEmpty()) {
          customers.merge(book.customer, new Customer(book.counts() ? 1 : 0, 0), Customer::sum);
        }
      }
      accounts.forEach(
          (id, book) ->
              book.spent()
                  .ifPresent(spent -> customers.merge(id, new Customer(0, spent), Customer::sum)));
      return customers;
    }
  }
}
