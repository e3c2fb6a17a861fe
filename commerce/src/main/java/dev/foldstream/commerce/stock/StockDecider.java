package dev.foldstream.commerce.stock;

import static dev.foldstream.commerce.stock.Stock.Ending.DISPATCHED;
import static dev.foldstream.commerce.stock.Stock.Ending.RELEASED;
import static dev.foldstream.commerce.stock.StockRejection.NOT_RESERVED;
import static dev.foldstream.commerce.stock.StockRejection.OUT_OF_STOCK;
import static dev.foldstream.commerce.stock.StockRejection.QUANTITY_NOT_POSITIVE;
import static dev.foldstream.kernel.Decision.accept;
import static dev.foldstream.kernel.Decision.nothingToDo;
import static dev.foldstream.kernel.Decision.reject;

import dev.foldstream.commerce.stock.StockCommand.DispatchStock;
import dev.foldstream.commerce.stock.StockCommand.ReceiveStock;
import dev.foldstream.commerce.stock.StockCommand.ReleaseStock;
import dev.foldstream.commerce.stock.StockCommand.ReserveStock;
import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReceived;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;

final class StockDecider implements Decider<StockCommand, Stock, StockEvent> {

  @Override
  public Stock initial() {
    return Stock.NONE;
  }

  @Override
  public Decision<StockEvent> decide(StockCommand command, Stock stock, CommandContext context) {
    return switch (command) {
      case ReceiveStock c when c.quantity() < 1 -> reject(QUANTITY_NOT_POSITIVE);
      case ReceiveStock c -> accept(new StockReceived(c.quantity()));
      case ReserveStock c when c.quantity() < 1 -> reject(QUANTITY_NOT_POSITIVE);
      case ReserveStock c -> reserve(c, stock.reservedFor(c.orderId()), stock.available());
      case ReleaseStock(var order) when stock.reservedFor(order) > 0 ->
          accept(new StockReleased(order, stock.reservedFor(order)));
      case ReleaseStock(var order) when stock.ended(order, RELEASED) -> nothingToDo();
      case ReleaseStock _ -> reject(NOT_RESERVED);
      case DispatchStock(var order) when stock.reservedFor(order) > 0 ->
          accept(new StockDispatched(order, stock.reservedFor(order)));
      case DispatchStock(var order) when stock.ended(order, DISPATCHED) -> nothingToDo();
      case DispatchStock _ -> reject(NOT_RESERVED);
    };
  }

  private static Decision<StockEvent> reserve(ReserveStock c, int before, long available) {
    var reserved = new StockReserved(c.orderId(), c.quantity());
    if (c.quantity() == before) {
      return nothingToDo();
    }
    if (c.quantity() > available + before) {
      return reject(OUT_OF_STOCK);
    }
    return before == 0
        ? accept(reserved)
        : accept(new StockReleased(c.orderId(), before), reserved);
  }

  @Override
  public Stock evolve(Stock stock, StockEvent event) {
    return switch (event) {
      case StockReceived e -> stock.receive(e.quantity());
      case StockReserved e -> stock.reserve(e.orderId(), e.quantity());
      case StockReleased e -> stock.close(e.orderId(), RELEASED, 0);
      case StockDispatched e -> stock.close(e.orderId(), DISPATCHED, e.quantity());
    };
  }
}
