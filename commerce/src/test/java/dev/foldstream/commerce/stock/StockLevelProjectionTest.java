package dev.foldstream.commerce.stock;

import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReceived;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.testkit.ProjectionSpec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StockLevelProjectionTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final ProjectionSpec<StockEvent, StockLevel> lamps =
      ProjectionSpec.of(StockLevelProjection::new)
          .from("commerce", "stock")
          .given("lamp", NOON, new StockReceived(10), new StockReserved("o-1", 4));

  @Test
  void what_is_reserved_is_on_hand_and_not_available() {
    lamps.then(Map.of("lamp", new StockLevel("lamp", 10, 4, 6)));
  }

  @Test
  void what_is_released_is_available_again() {
    lamps
        .given("lamp", NOON, new StockReleased("o-1", 4))
        .thenRow("lamp", new StockLevel("lamp", 10, 0, 10));
  }

  @Test
  void what_is_dispatched_is_gone() {
    lamps
        .given("lamp", NOON, new StockDispatched("o-1", 4))
        .thenRow("lamp", new StockLevel("lamp", 6, 0, 6));
  }

  @Test
  void articles_do_not_touch_each_other() {
    lamps
        .given("desk", NOON, new StockReceived(Integer.MAX_VALUE))
        .given("desk", NOON, new StockReceived(Integer.MAX_VALUE))
        .thenRow("lamp", new StockLevel("lamp", 10, 4, 6))
        .thenRow("desk", new StockLevel("desk", 4_294_967_294L, 0, 4_294_967_294L));
  }
}
