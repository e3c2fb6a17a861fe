package dev.foldstream.endtoend.tradingday;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.Domain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TradingDayTest {

  private static final Path FILE =
      Path.of(System.getProperty("foldstream.root", ".."), "examples", "trading-day.ndjson");

  private static List<String> lines = List.of();

  @BeforeAll
  static void read() throws IOException {
    lines = Files.readAllLines(FILE);
  }

  @Test
  void the_file_is_what_the_generator_writes() {
    assertThat(lines).isEqualTo(TradingDay.lines());
  }

  @Test
  void it_has_some_3000_commands_in_the_order_of_time() {
    assertThat(lines).hasSizeBetween(2_000, 4_000);
    assertThat(lines.stream().map(line -> Fields.of(line).text("occurredAt")).toList())
        .isSortedAccordingTo(Comparator.comparing(java.time.Instant::parse))
        .allSatisfy(at -> assertThat(at).startsWith("2026-03-02T"));
    assertThat(lines)
        .allSatisfy(line -> assertThat(AggregateId.fault(Fields.of(line).text("id"))).isEmpty());
  }

  @Test
  void every_rejection_occurs_and_most_commands_are_accepted() {
    var totals = TradingDayTotals.of(lines);
    assertThat(totals.rejections())
        .containsOnlyKeys(
            "ACCOUNT_ALREADY_OPEN",
            "ACCOUNT_NOT_OPEN",
            "AMOUNT_NOT_POSITIVE",
            "CURRENCY_MISMATCH",
            "INSUFFICIENT_FUNDS",
            "NOT_RESERVED",
            "ORDER_ALREADY_PLACED",
            "ORDER_ALREADY_SHIPPED",
            "ORDER_IS_CANCELLED",
            "ORDER_IS_EMPTY",
            "ORDER_NOT_CONFIRMED",
            "ORDER_NOT_FOUND",
            "ORDER_NOT_SHIPPED",
            "OUT_OF_STOCK",
            "QUANTITY_NOT_POSITIVE");
    assertThat(totals.accepted()).isGreaterThan(lines.size() * 9 / 10);
    assertThat(totals.seenBefore()).isPositive();
    assertThat(totals.orders())
        .containsOnlyKeys("PLACED", "CONFIRMED", "SHIPPED", "DELIVERED", "CANCELLED");
  }

  @Test
  void nothing_depends_on_the_order_between_aggregates() {
    var grouped = lines.stream().sorted(Comparator.comparing(TradingDayTest::aggregate)).toList();
    assertThat(grouped).isNotEqualTo(lines);
    assertThat(TradingDayTotals.of(grouped)).isEqualTo(TradingDayTotals.of(lines));
  }

  private static String aggregate(String line) {
    return Fields.of(line).text("aggregate") + "/" + Fields.of(line).text("id");
  }

  @Test
  void the_domain_comes_to_the_same_totals() {
    var totals = TradingDayTotals.of(lines);
    var day = new FoldedDay(ServiceLoader.load(Domain.class).findFirst().orElseThrow());
    lines.forEach(day::enter);
    assertThat(day.accepted).isEqualTo(totals.accepted());
    assertThat(day.rejections).isEqualTo(totals.rejections());
    assertThat(TradingDayTotals.balancesIn(day.rows("account-balances").values()))
        .isEqualTo(totals.balances());
    assertThat(TradingDayTotals.levelsIn(day.rows("stock-levels").values()))
        .isEqualTo(totals.levels());
    assertThat(TradingDayTotals.customersIn(day.rows("customer-orders").values()))
        .isEqualTo(totals.customers());
    var orders = day.rows("order-details").values();
    assertThat(TradingDayTotals.ordersIn(orders)).isEqualTo(totals.orders());
    assertThat(TradingDayTotals.orderCentsIn(orders)).isEqualTo(totals.orderCents());
  }

  @Test
  void the_totals_of_a_few_lines_are_as_worked_out_by_hand() {
    var few =
        List.of(
            line("account", "c-1", "OpenAccount", "'owner':'Ada','email':'a@b','currency':'EUR'"),
            line("account", "c-1", "DepositMoney", "'amount':'100.00'"),
            line("account", "c-1", "ChargeAccount", "'orderId':'o-1','amount':'39.80'"),
            line("account", "c-1", "ChargeAccount", "'orderId':'o-2','amount':'60.21'"),
            line("stock", "lamp", "ReceiveStock", "'quantity':5"),
            line("stock", "lamp", "ReserveStock", "'orderId':'o-1','quantity':2"),
            line("stock", "lamp", "ReserveStock", "'orderId':'o-2','quantity':4"),
            line("stock", "lamp", "DispatchStock", "'orderId':'o-1'"),
            line(
                "order",
                "o-1",
                "PlaceOrder",
                "'customerId':'c-1','currency':'EUR',"
                    + "'lines':[{'sku':'lamp','quantity':2,'unitPrice':'19.90'}]"));
    var totals = TradingDayTotals.of(few);
    assertThat(totals.balances().get("c-1"))
        .isEqualTo(new TradingDayTotals.Balance("Ada", "EUR", 6_020));
    assertThat(totals.levels().get("lamp")).isEqualTo(new TradingDayTotals.Level(3, 0));
    assertThat(totals.customers().get("c-1")).isEqualTo(new TradingDayTotals.Customer(1, 3_980));
    assertThat(totals.orders()).isEqualTo(new TreeMap<>(java.util.Map.of("PLACED", 1)));
    assertThat(totals.orderCents()).isEqualTo(new TreeMap<>(java.util.Map.of("EUR", 3_980L)));
    assertThat(totals.rejections()).containsOnlyKeys("INSUFFICIENT_FUNDS", "OUT_OF_STOCK");
  }

  private static String line(String aggregate, String id, String command, String data) {
    return "{'domain':'commerce','aggregate':'%s','id':'%s','command':'%s','commandId':'%s','data':{%s}}"
        .formatted(aggregate, id, command, command + data.hashCode(), data)
        .replace('\'', '"');
  }
}
