package dev.foldstream.commerce.stock;

import static dev.foldstream.commerce.stock.StockRejection.NOT_RESERVED;
import static dev.foldstream.commerce.stock.StockRejection.OUT_OF_STOCK;
import static dev.foldstream.commerce.stock.StockRejection.QUANTITY_NOT_POSITIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldstream.commerce.stock.StockCommand.DispatchStock;
import dev.foldstream.commerce.stock.StockCommand.ReceiveStock;
import dev.foldstream.commerce.stock.StockCommand.ReleaseStock;
import dev.foldstream.commerce.stock.StockCommand.ReserveStock;
import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReceived;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.testkit.DeciderSpec;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StockDeciderTest {

  private static final StockReceived RECEIVED = new StockReceived(10);
  private static final StockReserved RESERVED = new StockReserved("o-1", 4);
  private static final StockReleased RELEASED = new StockReleased("o-1", 4);
  private static final StockDispatched DISPATCHED = new StockDispatched("o-1", 4);
  private static final ReserveStock RESERVE = new ReserveStock("o-1", 4);
  private static final ReleaseStock RELEASE = new ReleaseStock("o-1");
  private static final DispatchStock DISPATCH = new DispatchStock("o-1");

  private final DeciderSpec<StockCommand, Stock, StockEvent> stock =
      DeciderSpec.of(new StockDecider());
  private final DeciderSpec<StockCommand, Stock, StockEvent> reserved =
      stock.given(RECEIVED, RESERVED);

  @Test
  void stock_is_received_each_time() {
    stock.when(new ReceiveStock(10)).then(RECEIVED);
    stock.given(RECEIVED).when(new ReceiveStock(10)).then(RECEIVED);
  }

  @Test
  void nothing_or_less_cannot_be_received_or_reserved() {
    stock.when(new ReceiveStock(0)).thenRejected(QUANTITY_NOT_POSITIVE);
    stock.when(new ReceiveStock(-1)).thenRejected(QUANTITY_NOT_POSITIVE);
    reserved.when(new ReserveStock("o-1", 0)).thenRejected(QUANTITY_NOT_POSITIVE);
    reserved.when(new ReserveStock("o-2", -1)).thenRejected(QUANTITY_NOT_POSITIVE);
  }

  @Test
  void stock_is_reserved_once_for_an_order() {
    stock.given(RECEIVED).when(RESERVE).then(RESERVED).andAgainNothing();
  }

  @Test
  void what_is_available_can_be_reserved_and_no_more() {
    reserved.when(new ReserveStock("o-2", 6)).then(new StockReserved("o-2", 6)).andAgainNothing();
    reserved.when(new ReserveStock("o-2", 7)).thenRejected(OUT_OF_STOCK);
    stock.when(new ReserveStock("o-2", 1)).thenRejected(OUT_OF_STOCK);
  }

  @Test
  void another_quantity_for_the_same_order_replaces_the_first() {
    reserved
        .when(new ReserveStock("o-1", 10))
        .then(RELEASED, new StockReserved("o-1", 10))
        .andAgainNothing();
    reserved
        .when(new ReserveStock("o-1", 1))
        .then(RELEASED, new StockReserved("o-1", 1))
        .andAgainNothing();
  }

  @Test
  void a_reservation_stays_when_the_larger_one_is_refused() {
    reserved.when(new ReserveStock("o-1", 11)).thenRejected(OUT_OF_STOCK);
  }

  @Test
  void a_reservation_is_released_once() {
    reserved.when(RELEASE).then(RELEASED).andAgainNothing();
  }

  @Test
  void a_reservation_is_dispatched_once() {
    reserved.when(DISPATCH).then(DISPATCHED).andAgainNothing();
  }

  @Test
  void what_was_never_reserved_is_neither_released_nor_dispatched() {
    reserved.when(new ReleaseStock("o-2")).thenRejected(NOT_RESERVED);
    reserved.when(new DispatchStock("o-2")).thenRejected(NOT_RESERVED);
  }

  @Test
  void what_was_dispatched_is_not_released_and_the_other_way_round() {
    stock.given(RECEIVED, RESERVED, DISPATCHED).when(RELEASE).thenRejected(NOT_RESERVED);
    stock.given(RECEIVED, RESERVED, RELEASED).when(DISPATCH).thenRejected(NOT_RESERVED);
  }

  @Test
  void released_stock_is_available_and_dispatched_stock_is_gone() {
    var all = new ReserveStock("o-2", 10);
    stock.given(RECEIVED, RESERVED, RELEASED).when(all).then(new StockReserved("o-2", 10));
    stock.given(RECEIVED, RESERVED, DISPATCHED).when(all).thenRejected(OUT_OF_STOCK);
  }

  @Test
  void an_order_can_reserve_anew_after_its_reservation_ended() {
    stock.given(RECEIVED, RESERVED, DISPATCHED).when(RESERVE).then(RESERVED).andAgainNothing();
    stock.given(RECEIVED, RESERVED, RELEASED, RESERVED).when(RELEASE).then(RELEASED);
  }

  @Test
  void a_dispatch_repeated_after_100_other_endings_is_no_longer_recognised() {
    var events = new ArrayList<StockEvent>();
    events.add(new StockReceived(1_000));
    events.add(RESERVED);
    events.add(DISPATCHED);
    for (int i = 0; i < Stock.MAX_CLOSED - 1; i++) {
      events.add(new StockReserved("x-" + i, 1));
      events.add(new StockReleased("x-" + i, 1));
    }
    stock.given(events.toArray(StockEvent[]::new)).when(DISPATCH).thenNothing();
    events.add(new StockReserved("y", 1));
    events.add(new StockReleased("y", 1));
    stock.given(events.toArray(StockEvent[]::new)).when(DISPATCH).thenRejected(NOT_RESERVED);
    assertThat(new StockDecider().fold(Stock.NONE, events).closed()).hasSize(Stock.MAX_CLOSED);
  }

  @Test
  void an_order_is_named_by_an_id() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReserveStock("o/1", 1))
        .withMessageStartingWith("orderId: ");
    assertThatIllegalArgumentException().isThrownBy(() -> new ReleaseStock(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new DispatchStock(""));
  }
}
