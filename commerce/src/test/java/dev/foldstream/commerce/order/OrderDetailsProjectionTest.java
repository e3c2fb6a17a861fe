package dev.foldstream.commerce.order;

import static dev.foldstream.commerce.order.Orders.CANCELLED;
import static dev.foldstream.commerce.order.Orders.CONFIRMED;
import static dev.foldstream.commerce.order.Orders.DELIVERED;
import static dev.foldstream.commerce.order.Orders.PLACED;
import static dev.foldstream.commerce.order.Orders.SHIPPED;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.foldstream.commerce.order.OrderDetails.Status;
import dev.foldstream.testkit.ProjectionSpec;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderDetailsProjectionTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant ONE = NOON.plusSeconds(3600);
  private static final Instant TWO = ONE.plusSeconds(3600);

  private final ProjectionSpec<OrderEvent, OrderDetails> placed =
      ProjectionSpec.of(OrderDetailsProjection::new)
          .from("commerce", "order")
          .evenUnguarded()
          .given("o-1", NOON, PLACED);

  @Test
  void a_placed_order_has_a_row_with_its_total() {
    placed.then(Map.of("o-1", row("o-1", Status.PLACED, NOON, null)));
  }

  @Test
  void the_status_follows_the_order() {
    var confirmed = placed.given("o-1", ONE, CONFIRMED);
    confirmed.thenRow("o-1", row("o-1", Status.CONFIRMED, ONE, null));
    var shipped = confirmed.given("o-1", TWO, SHIPPED);
    shipped.thenRow("o-1", row("o-1", Status.SHIPPED, TWO, null));
    var delivered = shipped.given("o-1", TWO, DELIVERED);
    delivered.thenRow("o-1", row("o-1", Status.DELIVERED, TWO, null));
  }

  @Test
  void a_cancelled_order_says_why() {
    placed
        .given("o-1", ONE, CANCELLED)
        .thenRow("o-1", row("o-1", Status.CANCELLED, ONE, "changed my mind"));
  }

  @Test
  void orders_do_not_touch_each_other() {
    placed
        .given("o-2", NOON, PLACED)
        .given("o-2", ONE, CANCELLED)
        .thenNoRow("o-3")
        .then(
            Map.of(
                "o-1", row("o-1", Status.PLACED, NOON, null),
                "o-2", row("o-2", Status.CANCELLED, ONE, "changed my mind")));
  }

  @Test
  void an_order_that_does_not_begin_with_its_placing_is_a_bug() {
    var broken = ProjectionSpec.of(OrderDetailsProjection::new).given("o-1", NOON, CONFIRMED);
    assertThatIllegalStateException()
        .isThrownBy(() -> broken.then(Map.of()))
        .withMessageContaining("begins with OrderPlaced");
  }

  private static OrderDetails row(
      String id, Status status, Instant updatedAt, @Nullable String reason) {
    return new OrderDetails(
        id, "c-1", status, "EUR", PLACED.total(), PLACED.lines(), NOON, updatedAt, reason);
  }
}
