package dev.foldstream.commerce.fulfilment;

import static dev.foldstream.commerce.account.AccountRejection.ACCOUNT_NOT_OPEN;
import static dev.foldstream.commerce.account.AccountRejection.INSUFFICIENT_FUNDS;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_ALREADY_SHIPPED;
import static dev.foldstream.commerce.order.OrderRejection.ORDER_IS_CANCELLED;
import static dev.foldstream.commerce.stock.StockRejection.NOT_RESERVED;
import static dev.foldstream.commerce.stock.StockRejection.OUT_OF_STOCK;
import static dev.foldstream.kernel.ProcessProgress.Outcome.COMPENSATED;
import static dev.foldstream.kernel.ProcessProgress.Outcome.COMPENSATING;
import static dev.foldstream.kernel.ProcessProgress.Outcome.DONE;
import static dev.foldstream.kernel.ProcessProgress.Outcome.FAILED;
import static dev.foldstream.kernel.ProcessProgress.Outcome.RUNNING;

import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountCommand.RefundCharge;
import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.events.CommerceEvent;
import dev.foldstream.commerce.order.OrderCommand.CancelOrder;
import dev.foldstream.commerce.order.OrderCommand.ConfirmOrder;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import dev.foldstream.commerce.order.OrderLine;
import dev.foldstream.commerce.stock.StockCommand.DispatchStock;
import dev.foldstream.commerce.stock.StockCommand.ReleaseStock;
import dev.foldstream.commerce.stock.StockCommand.ReserveStock;
import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.kernel.ProcessManager.Effect.Send;
import dev.foldstream.kernel.ProcessManager.Effect.StartTimer;
import dev.foldstream.kernel.ProcessManager.Effect.StopTimer;
import dev.foldstream.testkit.ProcessManagerSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FulfilmentProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final BigDecimal PRICE = new BigDecimal("10.00");
  private static final BigDecimal TOTAL = new BigDecimal("40.00");
  private static final OrderPlaced PLACED =
      placed(TOTAL, line("lamp", 1), line("desk", 1), line("lamp", 2));

  private static final Send RESERVE_LAMP =
      new Send("reserve lamp", "stock", "lamp", new ReserveStock("o-1", 3));
  private static final Send RESERVE_DESK =
      new Send("reserve desk", "stock", "desk", new ReserveStock("o-1", 1));
  private static final Send CHARGE =
      new Send("charge", "account", "c-1", new ChargeAccount("o-1", TOTAL, "EUR"));
  private static final Send CONFIRM = new Send("confirm", "order", "o-1", new ConfirmOrder());
  private static final Send REFUND = new Send("refund", "account", "c-1", new RefundCharge("o-1"));
  private static final Send RELEASE_DESK =
      new Send("release desk", "stock", "desk", new ReleaseStock("o-1"));
  private static final Send RELEASE_LAMP =
      new Send("release lamp", "stock", "lamp", new ReleaseStock("o-1"));
  private static final StartTimer WAIT = new StartTimer("answer", PATIENCE);
  private static final StopTimer STOP = new StopTimer("answer");

  private static final OrderCancelled REGRETTED = new OrderCancelled("c-1", "changed my mind");

  private final ProcessManagerSpec<CommerceEvent, Fulfilment, FulfilmentMoved> fulfilment =
      ProcessManagerSpec.of(new FulfilmentProcess(PATIENCE), "o-1");
  private final ProcessManagerSpec<CommerceEvent, Fulfilment, FulfilmentMoved> begun =
      fulfilment.given("order", "o-1", PLACED);
  private final ProcessManagerSpec<CommerceEvent, Fulfilment, FulfilmentMoved> reserved =
      begun
          .given("stock", "lamp", new StockReserved("o-1", 3))
          .given("stock", "desk", new StockReserved("o-1", 1));
  private final ProcessManagerSpec<CommerceEvent, Fulfilment, FulfilmentMoved> charged =
      reserved.given("account", "c-1", new AccountCharged("o-1", TOTAL, "EUR"));
  private final ProcessManagerSpec<CommerceEvent, Fulfilment, FulfilmentMoved> confirmed =
      charged.given("order", "o-1", new OrderConfirmed("c-1"));

  @Test
  void lines_of_one_article_are_reserved_together_one_article_after_the_other() {
    begun
        .then(RESERVE_LAMP, WAIT)
        .thenProgress(new FulfilmentMoved("RESERVING", "stock lamp", 1, RUNNING, null));
    begun
        .given("stock", "lamp", new StockReserved("o-1", 3))
        .then(RESERVE_DESK, WAIT)
        .thenProgress(new FulfilmentMoved("RESERVING", "stock desk", 1, RUNNING, null));
  }

  @Test
  void what_is_reserved_is_charged_confirmed_and_dispatched_when_it_is_shipped() {
    reserved
        .then(CHARGE, WAIT)
        .thenProgress(new FulfilmentMoved("CHARGING", "account c-1", 1, RUNNING, null));
    charged
        .then(CONFIRM, WAIT)
        .thenProgress(new FulfilmentMoved("CONFIRMING", "order o-1", 1, RUNNING, null));
    confirmed
        .then(STOP)
        .thenProgress(new FulfilmentMoved("CONFIRMED", "OrderShipped", 1, RUNNING, null));
    confirmed
        .given("order", "o-1", new OrderShipped("c-1", "Blue Post", "BP-1"))
        .then(new Send("dispatch lamp", "stock", "lamp", new DispatchStock("o-1")))
        .thenProgress(new FulfilmentMoved("DISPATCHING", "stock lamp", 1, RUNNING, null))
        .given("stock", "lamp", new StockDispatched("o-1", 3))
        .then(new Send("dispatch desk", "stock", "desk", new DispatchStock("o-1")))
        .nothingToDo("dispatch desk")
        .thenNothing()
        .thenProgress(new FulfilmentMoved("DISPATCHED", null, 1, DONE, null));
  }

  @Test
  void an_order_that_costs_nothing_is_not_charged() {
    fulfilment
        .given("order", "o-1", placed(new BigDecimal("0.00"), line("gift", 1)))
        .nothingToDo("reserve gift")
        .then(CONFIRM, WAIT)
        .nothingToDo("confirm")
        .then(STOP)
        .given("order", "o-1", REGRETTED)
        .then(new Send("release gift", "stock", "gift", new ReleaseStock("o-1")));
  }

  @Test
  void a_refusal_undoes_what_was_done_in_reverse_and_cancels_with_the_reason() {
    begun
        .refused("reserve lamp", OUT_OF_STOCK)
        .then(STOP, cancel("reserve lamp: OUT_OF_STOCK"))
        .thenProgress(
            new FulfilmentMoved(
                "CANCELLING", "order o-1", 1, COMPENSATING, "reserve lamp: OUT_OF_STOCK"))
        .given("order", "o-1", new OrderCancelled("c-1", "reserve lamp: OUT_OF_STOCK"))
        .thenNothing()
        .thenProgress(
            new FulfilmentMoved("CANCELLED", null, 1, COMPENSATED, "reserve lamp: OUT_OF_STOCK"));
    reserved
        .refused("charge", INSUFFICIENT_FUNDS)
        .then(STOP, RELEASE_DESK)
        .thenProgress(
            new FulfilmentMoved(
                "RELEASING", "stock desk", 1, COMPENSATING, "charge: INSUFFICIENT_FUNDS"))
        .given("stock", "desk", new StockReleased("o-1", 1))
        .then(RELEASE_LAMP)
        .nothingToDo("release lamp")
        .then(cancel("charge: INSUFFICIENT_FUNDS"))
        .nothingToDo("cancel")
        .thenNothing()
        .thenProgress(
            new FulfilmentMoved("CANCELLED", null, 1, COMPENSATED, "charge: INSUFFICIENT_FUNDS"));
    charged
        .refused("confirm", ORDER_IS_CANCELLED)
        .then(STOP, REFUND)
        .given("account", "c-1", new ChargeRefunded("o-1", TOTAL, "EUR"))
        .then(RELEASE_DESK);
  }

  @Test
  void a_command_that_was_set_aside_is_a_refusal() {
    reserved.quarantined("charge").then(STOP, RELEASE_DESK);
  }

  @Test
  void without_an_answer_in_time_the_step_in_doubt_is_undone_too() {
    begun
        .after(PATIENCE)
        .then(RELEASE_LAMP)
        .given("stock", "lamp", new StockReserved("o-1", 3))
        .thenNothing()
        .given("stock", "lamp", new StockReleased("o-1", 3))
        .then(cancel("reserve lamp: NO_ANSWER"));
    reserved.after(PATIENCE).then(REFUND).nothingToDo("refund").then(RELEASE_DESK);
    begun
        .after(PATIENCE.minusMillis(1))
        .given("stock", "lamp", new StockReserved("o-1", 3))
        .after(PATIENCE.minusMillis(1))
        .thenNothing();
  }

  @Test
  void nothing_to_undo_after_a_time_out_is_as_good() {
    begun
        .after(PATIENCE)
        .refused("reserve lamp", OUT_OF_STOCK)
        .thenNothing()
        .refused("release lamp", NOT_RESERVED)
        .then(cancel("reserve lamp: NO_ANSWER"));
    reserved.after(PATIENCE).refused("refund", ACCOUNT_NOT_OPEN).then(RELEASE_DESK);
  }

  @Test
  void what_is_done_after_everything_was_undone_is_undone_again() {
    var cancelled =
        begun
            .quarantined("reserve lamp")
            .nothingToDo("cancel")
            .thenProgress(
                new FulfilmentMoved(
                    "CANCELLED", null, 1, COMPENSATED, "reserve lamp: QUARANTINED"));
    cancelled
        .given("stock", "lamp", new StockReserved("o-1", 3))
        .then(RELEASE_LAMP)
        .thenProgress(
            new FulfilmentMoved(
                "RELEASING", "stock lamp", 1, COMPENSATING, "reserve lamp: QUARANTINED"))
        .given("account", "c-1", new AccountCharged("o-1", TOTAL, "EUR"))
        .thenNothing()
        .given("stock", "lamp", new StockReleased("o-1", 3))
        .then(REFUND);
  }

  @Test
  void an_order_that_may_be_confirmed_is_cancelled_before_anything_is_undone() {
    var asked = charged.after(PATIENCE).then(cancel("confirm: NO_ANSWER"));
    asked
        .given("order", "o-1", new OrderConfirmed("c-1"))
        .thenNothing()
        .given("order", "o-1", REGRETTED)
        .then(REFUND);
    var shipped = new OrderShipped("c-1", "Blue Post", "BP-1");
    var dispatch = new Send("dispatch lamp", "stock", "lamp", new DispatchStock("o-1"));
    asked
        .given("order", "o-1", shipped)
        .then(dispatch)
        .refused("cancel", ORDER_ALREADY_SHIPPED)
        .thenNothing();
    asked
        .refused("cancel", ORDER_ALREADY_SHIPPED)
        .thenNothing()
        .given("order", "o-1", shipped)
        .then(dispatch);
  }

  @Test
  void a_cancellation_by_the_customer_undoes_what_was_done_and_what_is_in_doubt() {
    begun.given("order", "o-1", REGRETTED).then(STOP, RELEASE_LAMP);
    reserved.given("order", "o-1", REGRETTED).then(STOP, REFUND);
    charged
        .given("order", "o-1", REGRETTED)
        .then(STOP, REFUND)
        .refused("confirm", ORDER_IS_CANCELLED)
        .thenNothing();
    confirmed
        .given("order", "o-1", REGRETTED)
        .then(REFUND)
        .thenProgress(
            new FulfilmentMoved("REFUNDING", "account c-1", 1, COMPENSATING, "changed my mind"))
        .nothingToDo("refund")
        .then(RELEASE_DESK)
        .nothingToDo("release desk")
        .then(RELEASE_LAMP)
        .nothingToDo("release lamp")
        .thenNothing()
        .thenProgress(new FulfilmentMoved("CANCELLED", null, 1, COMPENSATED, "changed my mind"));
  }

  @Test
  void a_cancellation_on_the_way_back_need_not_be_asked_for() {
    begun
        .given("stock", "lamp", new StockReserved("o-1", 3))
        .refused("reserve desk", OUT_OF_STOCK)
        .given("order", "o-1", REGRETTED)
        .thenNothing()
        .given("stock", "lamp", new StockReleased("o-1", 3))
        .thenNothing()
        .thenProgress(
            new FulfilmentMoved("CANCELLED", null, 1, COMPENSATED, "reserve desk: OUT_OF_STOCK"));
  }

  @Test
  void a_refused_compensation_fails_and_is_tried_again_when_somebody_wants_it() {
    reserved
        .refused("charge", INSUFFICIENT_FUNDS)
        .refused("release desk", NOT_RESERVED)
        .thenNothing()
        .thenProgress(
            new FulfilmentMoved("RELEASING", null, 1, FAILED, "release desk: NOT_RESERVED"))
        .retried()
        .then(RELEASE_DESK)
        .thenProgress(
            new FulfilmentMoved(
                "RELEASING", "stock desk", 2, COMPENSATING, "charge: INSUFFICIENT_FUNDS"))
        .refused("release desk", NOT_RESERVED)
        .retried()
        .thenProgress(
            new FulfilmentMoved(
                "RELEASING", "stock desk", 3, COMPENSATING, "charge: INSUFFICIENT_FUNDS"))
        .nothingToDo("release desk")
        .then(RELEASE_LAMP)
        .thenProgress(
            new FulfilmentMoved(
                "RELEASING", "stock lamp", 1, COMPENSATING, "charge: INSUFFICIENT_FUNDS"));
  }

  @Test
  void a_refused_dispatch_fails_and_is_tried_again() {
    confirmed
        .given("order", "o-1", new OrderShipped("c-1", "Blue Post", "BP-1"))
        .refused("dispatch lamp", NOT_RESERVED)
        .thenNothing()
        .thenProgress(
            new FulfilmentMoved("DISPATCHING", null, 1, FAILED, "dispatch lamp: NOT_RESERVED"))
        .retried()
        .then(new Send("dispatch lamp", "stock", "lamp", new DispatchStock("o-1")))
        .thenProgress(new FulfilmentMoved("DISPATCHING", "stock lamp", 2, RUNNING, null));
  }

  @Test
  void events_that_come_twice_early_or_for_nobody_ask_for_nothing() {
    reserved.given("stock", "lamp", new StockReserved("o-1", 3)).thenNothing();
    begun.given("account", "c-1", new AccountCharged("o-1", TOTAL, "EUR")).thenNothing();
    begun.given("order", "o-1", new OrderConfirmed("c-1")).thenNothing();
    fulfilment
        .given("stock", "lamp", new StockReserved("o-1", 3))
        .thenNothing()
        .thenProgress(new FulfilmentMoved("NOT_BEGUN", "OrderPlaced", 1, RUNNING, null))
        .given("order", "o-1", PLACED)
        .then(RESERVE_LAMP, WAIT);
  }

  @Test
  void an_order_that_others_confirmed_and_shipped_is_dispatched_once_it_is_charged() {
    charged
        .given(
            "order", "o-1", new OrderConfirmed("c-1"), new OrderShipped("c-1", "Blue Post", "BP-1"))
        .then(STOP, new Send("dispatch lamp", "stock", "lamp", new DispatchStock("o-1")));
    reserved
        .given(
            "order", "o-1", new OrderConfirmed("c-1"), new OrderShipped("c-1", "Blue Post", "BP-1"))
        .thenNothing()
        .nothingToDo("charge")
        .then(CONFIRM, WAIT)
        .nothingToDo("confirm")
        .then(STOP, new Send("dispatch lamp", "stock", "lamp", new DispatchStock("o-1")));
  }

  private static Send cancel(String reason) {
    return new Send("cancel", "order", "o-1", new CancelOrder(reason));
  }

  private static OrderPlaced placed(BigDecimal total, OrderLine... lines) {
    return new OrderPlaced("c-1", "EUR", List.of(lines), total);
  }

  private static OrderLine line(String sku, int quantity) {
    return new OrderLine(sku, quantity, PRICE);
  }
}
