package dev.foldstream.commerce.fulfilment;

import static dev.foldstream.commerce.account.AccountRejection.ACCOUNT_NOT_OPEN;
import static dev.foldstream.commerce.stock.StockRejection.NOT_RESERVED;

import dev.foldstream.commerce.account.AccountCommand;
import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountCommand.RefundCharge;
import dev.foldstream.commerce.order.OrderCommand;
import dev.foldstream.commerce.order.OrderCommand.CancelOrder;
import dev.foldstream.commerce.order.OrderCommand.ConfirmOrder;
import dev.foldstream.commerce.stock.StockCommand;
import dev.foldstream.commerce.stock.StockCommand.DispatchStock;
import dev.foldstream.commerce.stock.StockCommand.ReleaseStock;
import dev.foldstream.commerce.stock.StockCommand.ReserveStock;
import dev.foldstream.kernel.ProcessManager.Effect.Send;
import java.math.BigDecimal;
import java.util.List;

/** One thing that a fulfilment asks of one aggregate. */
sealed interface FulfilmentStep {

  record Reserve(String sku, int quantity) implements FulfilmentStep {}

  record Charge(String customerId, BigDecimal amount, String currency) implements FulfilmentStep {}

  record Confirm() implements FulfilmentStep {}

  record Dispatch(String sku) implements FulfilmentStep {}

  record Refund(String customerId) implements FulfilmentStep {}

  /**
   * Gives back what is reserved.
   *
   * @param certain whether it is known to be reserved; if not, finding nothing is as good
   */
  record Release(String sku, boolean certain) implements FulfilmentStep {}

  record Cancel(String reason) implements FulfilmentStep {}

  /** What the process calls it; comes back with the answer. */
  default String name() {
    return switch (this) {
      case Reserve(var sku, _) -> "reserve " + sku;
      case Charge _ -> "charge";
      case Confirm _ -> "confirm";
      case Dispatch(var sku) -> "dispatch " + sku;
      case Refund _ -> "refund";
      case Release(var sku, _) -> "release " + sku;
      case Cancel _ -> "cancel";
    };
  }

  default Send send(String orderId) {
    return switch (this) {
      case Reserve(var sku, var quantity) -> toStock(sku, new ReserveStock(orderId, quantity));
      case Charge(var customer, var amount, var currency) ->
          toAccount(customer, new ChargeAccount(orderId, amount, currency));
      case Confirm _ -> toOrder(orderId, new ConfirmOrder());
      case Dispatch(var sku) -> toStock(sku, new DispatchStock(orderId));
      case Refund(var customer) -> toAccount(customer, new RefundCharge(orderId));
      case Release(var sku, _) -> toStock(sku, new ReleaseStock(orderId));
      case Cancel(var reason) -> toOrder(orderId, new CancelOrder(reason));
    };
  }

  private Send toStock(String sku, StockCommand command) {
    return new Send(name(), "stock", sku, command);
  }

  private Send toAccount(String customerId, AccountCommand command) {
    return new Send(name(), "account", customerId, command);
  }

  private Send toOrder(String orderId, OrderCommand command) {
    return new Send(name(), "order", orderId, command);
  }

  default String doing() {
    return switch (this) {
      case Reserve _ -> "RESERVING";
      case Charge _ -> "CHARGING";
      case Confirm _ -> "CONFIRMING";
      case Dispatch _ -> "DISPATCHING";
      case Refund _ -> "REFUNDING";
      case Release _ -> "RELEASING";
      case Cancel _ -> "CANCELLING";
    };
  }

  /** What undoes it, once it was done. */
  default List<FulfilmentStep> undo() {
    return switch (this) {
      case Reserve(var sku, _) -> List.of(new Release(sku, true));
      case Charge(var customer, _, _) -> List.of(new Refund(customer));
      case Confirm _, Dispatch _, Refund _, Release _, Cancel _ -> List.of();
    };
  }

  /** What undoes it, when nobody knows whether it was or will be done. */
  default List<FulfilmentStep> undoInDoubt() {
    return this instanceof Reserve(var sku, _) ? List.of(new Release(sku, false)) : undo();
  }

  /** Whether this refusal says that what was wanted is so already. */
  default boolean isDoneBy(String rejection) {
    return switch (this) {
      case Release(_, var certain) -> !certain && rejection.equals(NOT_RESERVED.name());
      case Refund _ -> rejection.equals(ACCOUNT_NOT_OPEN.name());
      case Reserve _, Charge _, Confirm _, Dispatch _, Cancel _ -> false;
    };
  }
}
