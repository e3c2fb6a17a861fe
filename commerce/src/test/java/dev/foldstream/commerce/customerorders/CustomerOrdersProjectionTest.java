package dev.foldstream.commerce.customerorders;

import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.commerce.events.CustomerEvent;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderLine;
import dev.foldstream.testkit.ProjectionSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CustomerOrdersProjectionTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant ONE = NOON.plusSeconds(3600);
  private static final BigDecimal PRICE = new BigDecimal("39.80");
  private static final OrderPlaced PLACED =
      new OrderPlaced(
          "c-1", "EUR", List.of(new OrderLine("lamp", 2, new BigDecimal("19.90"))), PRICE);
  private static final AccountCharged CHARGED = new AccountCharged("o-1", PRICE, "EUR");

  private final ProjectionSpec<CustomerEvent, CustomerOrders> none =
      ProjectionSpec.of(CustomerOrdersProjection::new).from("commerce", "order");
  private final ProjectionSpec<CustomerEvent, CustomerOrders> placed =
      none.given("o-1", NOON, PLACED);

  @Test
  void an_order_counts_when_it_is_placed_and_is_spent_when_it_is_charged() {
    placed.then(Map.of("c-1", row(1, "0.00", NOON)));
    placed
        .from("commerce", "account")
        .given("c-1", ONE, CHARGED)
        .then(Map.of("c-1", row(1, "39.80", NOON)));
  }

  @Test
  void a_cancelled_order_no_longer_counts_and_its_refund_is_not_spent() {
    placed
        .given("o-2", ONE, PLACED)
        .given("o-2", ONE, new OrderCancelled("c-1", "changed my mind"))
        .from("commerce", "account")
        .given("c-1", ONE, CHARGED, new ChargeRefunded("o-1", PRICE, "EUR"))
        .then(Map.of("c-1", row(1, "0.00", ONE)));
  }

  @Test
  void an_earlier_order_that_is_seen_later_does_not_take_the_last_ones_place() {
    none.given("o-2", ONE, PLACED)
        .given("o-1", NOON, PLACED)
        .then(Map.of("c-1", row(2, "0.00", ONE)));
  }

  @Test
  void a_charge_can_be_seen_before_its_order() {
    var charged = none.from("commerce", "account").given("c-1", ONE, CHARGED);
    charged.then(Map.of("c-1", row(0, "39.80", null)));
    charged
        .from("commerce", "order")
        .given("o-1", NOON, PLACED)
        .then(Map.of("c-1", row(1, "39.80", NOON)));
  }

  @Test
  void what_is_neither_order_nor_charge_makes_no_row() {
    none.given("o-1", NOON, new OrderConfirmed("c-1"))
        .from("commerce", "account")
        .given("c-1", NOON, new AccountOpened("Ada", "ada@example.com", "EUR"))
        .given("c-1", NOON, new MoneyDeposited(PRICE, "EUR"))
        .then(Map.of());
  }

  private static CustomerOrders row(long orders, String spent, @Nullable Instant last) {
    return new CustomerOrders("c-1", orders, new BigDecimal(spent), last);
  }
}
