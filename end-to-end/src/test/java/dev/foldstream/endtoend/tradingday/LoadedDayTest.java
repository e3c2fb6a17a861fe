package dev.foldstream.endtoend.tradingday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.endtoend.Caller;
import dev.foldstream.endtoend.SharedInstallation;
import dev.foldstream.kernel.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The trading day loaded through the running system, and its views held against the independent
 * totals.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadedDayTest {

  private static final Path FILE =
      Path.of(System.getProperty("foldstream.root", ".."), "examples", "trading-day.ndjson");

  private static List<String> lines = List.of();
  private static List<String> answers = List.of();
  private static Token token = Token.EMPTY;

  @BeforeAll
  static void load() throws IOException {
    lines = Files.readAllLines(FILE);
    var answer = SharedInstallation.commands().postLines(Files.readString(FILE));
    assertThat(answer.status()).isEqualTo(200);
    answers = answer.body().lines().toList();
    for (String line : answers) {
      String text = Caller.parse(line).path("token").asText();
      if (!text.isEmpty()) {
        token = token.merge(Token.parse(text).orElseThrow());
      }
    }
  }

  @Test
  void every_line_has_its_outcome_in_its_place() {
    assertThat(answers).hasSameSizeAs(lines);
    var rejections = new TreeMap<String, Integer>();
    Set<String> seen = new HashSet<>();
    int accepted = 0;
    for (int i = 0; i < answers.size(); i++) {
      var answer = Caller.parse(answers.get(i));
      String commandId = Fields.of(lines.get(i)).text("commandId");
      assertThat(answer.path("commandId").asText()).isEqualTo(commandId);
      if (!seen.add(commandId)) {
        continue;
      }
      if (answer.has("rejection")) {
        rejections.merge(answer.path("rejection").asText(), 1, Integer::sum);
      } else {
        assertThat(answer.path("outcome").asText()).as(answers.get(i)).isEqualTo("accepted");
        accepted++;
      }
    }
    var totals = TradingDayTotals.of(lines);
    assertThat(rejections).isEqualTo(totals.rejections());
    assertThat(accepted).isEqualTo(totals.accepted());
  }

  @Test
  void the_balances_are_those_of_the_books() {
    assertThat(TradingDayTotals.balancesIn(rows("account-balances", "customerId", "account")))
        .isEqualTo(TradingDayTotals.of(lines).balances());
  }

  @Test
  void the_stock_is_that_of_the_books() {
    assertThat(TradingDayTotals.levelsIn(rows("stock-levels", "sku", "stock")))
        .isEqualTo(TradingDayTotals.of(lines).levels());
  }

  @Test
  void what_customers_ordered_and_paid_is_that_of_the_books() {
    assertThat(TradingDayTotals.customersIn(rows("customer-orders", "customerId", "account")))
        .isEqualTo(TradingDayTotals.of(lines).customers());
  }

  @Test
  void the_orders_are_those_of_the_books_in_both_stores() {
    var totals = TradingDayTotals.of(lines);
    for (String store : List.of("postgresql", "elasticsearch")) {
      var orders = rows("order-details?store=" + store, "orderId", "order");
      assertThat(TradingDayTotals.ordersIn(orders)).as(store).isEqualTo(totals.orders());
      assertThat(TradingDayTotals.orderCentsIn(orders)).as(store).isEqualTo(totals.orderCents());
    }
  }

  /** All rows of a view that belong to the file, page by page, none older than the load. */
  private static List<Fields> rows(String view, String key, String aggregate) {
    Set<String> ids = new HashSet<>();
    for (String line : lines) {
      if (Fields.of(line).text("aggregate").equals(aggregate)) {
        ids.add(Fields.of(line).text("id"));
      }
    }
    var rows = new ArrayList<Fields>();
    String path = "/views/" + view + (view.contains("?") ? "&" : "?") + "limit=400";
    String cursor = "";
    do {
      var page =
          SharedInstallation.queries()
              .get(path + cursor, "Foldstream-Token", token.text(), "Prefer", "wait=30");
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      page.json().path("items").forEach(row -> rows.add(Fields.of(row.toString())));
      cursor = "&cursor=" + page.json().path("next").asText();
      if (page.json().path("next").isNull()) {
        cursor = "";
      }
    } while (!cursor.isEmpty());
    return rows.stream().filter(row -> ids.contains(row.text(key))).toList();
  }
}
