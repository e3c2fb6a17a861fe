package dev.foldstream.commerce.fulfilment;

import dev.foldstream.commerce.account.AccountEvent;
import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.commerce.events.CommerceEvent;
import dev.foldstream.commerce.fulfilment.FulfilmentStep.Refund;
import dev.foldstream.commerce.fulfilment.FulfilmentStep.Release;
import dev.foldstream.commerce.order.OrderEvent;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderDelivered;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import dev.foldstream.commerce.stock.StockEvent;
import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReceived;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.kernel.ProcessManager.Input;
import org.jspecify.annotations.Nullable;

/** What an input means to a fulfilment. */
sealed interface FulfilmentNews {

  record Placed(String orderId, OrderPlaced order) implements FulfilmentNews {}

  /**
   * A step is done.
   *
   * @param step its name
   * @param undo what undoes it, should it not be wanted any more
   */
  record Answered(String step, @Nullable FulfilmentStep undo) implements FulfilmentNews {}

  record Refused(String step, String rejection) implements FulfilmentNews {}

  /** No answer came in time. */
  record NoAnswer() implements FulfilmentNews {}

  record Shipped() implements FulfilmentNews {}

  record Cancelled(String reason) implements FulfilmentNews {}

  record Retried() implements FulfilmentNews {}

  /** Nothing that matters. */
  record Other() implements FulfilmentNews {}

  static FulfilmentNews of(Input<CommerceEvent> input) {
    return switch (input) {
      case Input.Happened(var recorded) -> of(recorded.event(), recorded.stream().id());
      case Input.Refused(var command, var rejection) -> new Refused(command, rejection);
      case Input.NothingToDo(var command) -> new Answered(command, null);
      case Input.TimedOut<CommerceEvent> _ -> new NoAnswer();
      case Input.Retried<CommerceEvent> _ -> new Retried();
    };
  }

  private static FulfilmentNews of(CommerceEvent event, String id) {
    return switch (event) {
      case OrderEvent it -> ofOrder(it, id);
      case StockEvent it -> ofStock(it, id);
      case AccountEvent it -> ofAccount(it, id);
    };
  }

  private static FulfilmentNews ofOrder(OrderEvent event, String orderId) {
    return switch (event) {
      case OrderPlaced e -> new Placed(orderId, e);
      case OrderConfirmed _ -> new Answered("confirm", null);
      case OrderShipped _ -> new Shipped();
      case OrderDelivered _ -> new Other();
      case OrderCancelled e -> new Cancelled(e.reason());
    };
  }

  private static FulfilmentNews ofStock(StockEvent event, String sku) {
    return switch (event) {
      case StockReserved _ -> new Answered("reserve " + sku, new Release(sku, true));
      case StockReleased _ -> new Answered("release " + sku, null);
      case StockDispatched _ -> new Answered("dispatch " + sku, null);
      case StockReceived _ -> new Other();
    };
  }

  private static FulfilmentNews ofAccount(AccountEvent event, String customerId) {
    return switch (event) {
      case AccountCharged _ -> new Answered("charge", new Refund(customerId));
      case ChargeRefunded _ -> new Answered("refund", null);
      case AccountOpened _, MoneyDeposited _ -> new Other();
    };
  }
}
