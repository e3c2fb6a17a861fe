package dev.foldstream.commerce.order;

import static dev.foldstream.commerce.order.OrderRejection.ORDER_ALREADY_PLACED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_ALREADY_SHIPPED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_IS_CANCELLED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_IS_EMPTY;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_NOT_CONFIRMED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_NOT_FOUND;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_NOT_SHIPPED;
import static dev.foldstream.commerce.order.Orders.CANCELLED;
import static dev.foldstream.commerce.order.Orders.CONFIRMED;
import static dev.foldstream.commerce.order.Orders.DELIVERED;
import static dev.foldstream.commerce.order.Orders.ONE_DESK;
import static dev.foldstream.commerce.order.Orders.PLACE;
import static dev.foldstream.commerce.order.Orders.PLACED;
import static dev.foldstream.commerce.order.Orders.SHIP;
import static dev.foldstream.commerce.order.Orders.SHIPPED;

import dev.foldstream.commerce.order.OrderCommand.CancelOrder;
import dev.foldstream.commerce.order.OrderCommand.ConfirmOrder;
import dev.foldstream.commerce.order.OrderCommand.DeliverOrder;
import dev.foldstream.commerce.order.OrderCommand.PlaceOrder;
import dev.foldstream.commerce.order.OrderCommand.ShipOrder;
import dev.foldstream.testkit.DeciderSpec;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderDeciderTest {

  private static final ConfirmOrder CONFIRM = new ConfirmOrder();
  private static final DeliverOrder DELIVER = new DeliverOrder("a neighbour");
  private static final CancelOrder CANCEL = new CancelOrder("changed my mind");
  private static final PlaceOrder PLACE_OTHER = new PlaceOrder("c-1", "EUR", List.of(ONE_DESK));
  private static final ShipOrder SHIP_OTHERWISE = new ShipOrder("Blue Post", "BP-78");

  private final DeciderSpec<OrderCommand, Order, OrderEvent> order =
      DeciderSpec.of(new OrderDecider());

  private final DeciderSpec<OrderCommand, Order, OrderEvent> placed = order.given(PLACED);
  private final DeciderSpec<OrderCommand, Order, OrderEvent> confirmed =
      order.given(PLACED, CONFIRMED);
  private final DeciderSpec<OrderCommand, Order, OrderEvent> shipped =
      order.given(PLACED, CONFIRMED, SHIPPED);
  private final DeciderSpec<OrderCommand, Order, OrderEvent> delivered =
      order.given(PLACED, CONFIRMED, SHIPPED, DELIVERED);
  private final DeciderSpec<OrderCommand, Order, OrderEvent> cancelled =
      order.given(PLACED, CANCELLED);

  @Test
  void an_order_is_placed_once_with_its_total() {
    order.when(PLACE).then(PLACED).andAgainNothing();
  }

  @Test
  void an_order_without_lines_is_not_placed() {
    order.when(new PlaceOrder("c-1", "EUR", List.of())).thenRejected(ORDER_IS_EMPTY);
  }

  @Test
  void an_order_is_the_same_whether_a_price_is_19_9_or_19_90() {
    var line = new OrderLine("lamp", 2, new BigDecimal("19.9"));
    placed.when(new PlaceOrder("c-1", "EUR", List.of(line, ONE_DESK))).thenNothing();
  }

  @Test
  void the_same_order_placed_again_changes_nothing_however_far_it_came() {
    confirmed.when(PLACE).thenNothing();
    shipped.when(PLACE).thenNothing();
    delivered.when(PLACE).thenNothing();
  }

  @Test
  void an_order_cannot_be_placed_again_with_other_contents() {
    placed.when(PLACE_OTHER).thenRejected(ORDER_ALREADY_PLACED);
    confirmed.when(PLACE_OTHER).thenRejected(ORDER_ALREADY_PLACED);
    shipped.when(PLACE_OTHER).thenRejected(ORDER_ALREADY_PLACED);
    delivered.when(PLACE_OTHER).thenRejected(ORDER_ALREADY_PLACED);
  }

  @Test
  void customer_currency_and_the_order_of_lines_are_contents_too() {
    placed.when(new PlaceOrder("c-2", "EUR", PLACE.lines())).thenRejected(ORDER_ALREADY_PLACED);
    placed.when(new PlaceOrder("c-1", "USD", PLACE.lines())).thenRejected(ORDER_ALREADY_PLACED);
    placed
        .when(new PlaceOrder("c-1", "EUR", PLACE.lines().reversed()))
        .thenRejected(ORDER_ALREADY_PLACED);
  }

  @Test
  void a_cancelled_order_cannot_be_placed_again() {
    cancelled.when(PLACE).thenRejected(ORDER_IS_CANCELLED);
  }

  @Test
  void a_placed_order_is_confirmed_once() {
    placed.when(CONFIRM).then(CONFIRMED).andAgainNothing();
  }

  @Test
  void confirming_an_order_that_went_on_changes_nothing() {
    shipped.when(CONFIRM).thenNothing();
    delivered.when(CONFIRM).thenNothing();
  }

  @Test
  void an_unknown_or_cancelled_order_cannot_be_confirmed() {
    order.when(CONFIRM).thenRejected(ORDER_NOT_FOUND);
    cancelled.when(CONFIRM).thenRejected(ORDER_IS_CANCELLED);
  }

  @Test
  void a_confirmed_order_is_shipped_once() {
    confirmed.when(SHIP).then(SHIPPED).andAgainNothing();
  }

  @Test
  void a_delivered_order_shipped_again_in_the_same_way_changes_nothing() {
    delivered.when(SHIP).thenNothing();
  }

  @Test
  void an_order_cannot_be_shipped_in_another_way() {
    shipped.when(SHIP_OTHERWISE).thenRejected(ORDER_ALREADY_SHIPPED);
    shipped.when(new ShipOrder("Red Post", "BP-77")).thenRejected(ORDER_ALREADY_SHIPPED);
    delivered.when(SHIP_OTHERWISE).thenRejected(ORDER_ALREADY_SHIPPED);
  }

  @Test
  void only_a_confirmed_order_is_shipped() {
    order.when(SHIP).thenRejected(ORDER_NOT_FOUND);
    placed.when(SHIP).thenRejected(ORDER_NOT_CONFIRMED);
    cancelled.when(SHIP).thenRejected(ORDER_IS_CANCELLED);
  }

  @Test
  void a_shipped_order_is_delivered_once() {
    shipped.when(DELIVER).then(DELIVERED).andAgainNothing();
  }

  @Test
  void only_a_shipped_order_is_delivered() {
    order.when(DELIVER).thenRejected(ORDER_NOT_FOUND);
    placed.when(DELIVER).thenRejected(ORDER_NOT_SHIPPED);
    confirmed.when(DELIVER).thenRejected(ORDER_NOT_SHIPPED);
    cancelled.when(DELIVER).thenRejected(ORDER_IS_CANCELLED);
  }

  @Test
  void an_order_is_cancelled_once_until_it_is_shipped() {
    placed.when(CANCEL).then(CANCELLED).andAgainNothing();
    confirmed.when(CANCEL).then(CANCELLED).andAgainNothing();
  }

  @Test
  void the_first_reason_to_cancel_stands() {
    cancelled.when(new CancelOrder("too late")).thenNothing();
  }

  @Test
  void a_shipped_order_cannot_be_cancelled() {
    shipped.when(CANCEL).thenRejected(ORDER_ALREADY_SHIPPED);
    delivered.when(CANCEL).thenRejected(ORDER_ALREADY_SHIPPED);
  }

  @Test
  void an_unknown_order_cannot_be_cancelled() {
    order.when(CANCEL).thenRejected(ORDER_NOT_FOUND);
  }

  @Test
  void an_event_out_of_place_leaves_the_state() {
    order.given(CONFIRMED, SHIPPED, DELIVERED).when(PLACE).then(PLACED);
    order.given(PLACED, DELIVERED, SHIPPED).when(CONFIRM).then(CONFIRMED);
  }
}
