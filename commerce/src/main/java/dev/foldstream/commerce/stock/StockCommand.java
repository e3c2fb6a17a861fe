package dev.foldstream.commerce.stock;

import dev.foldstream.commerce.values.Check;

/** What the stock of one article can be asked. The aggregate's id is the article's sku. */
public sealed interface StockCommand {

  /** Takes pieces in. Not idempotent: a repetition is recognised by its command id only. */
  record ReceiveStock(int quantity) implements StockCommand {}

  /**
   * Reserves pieces for an order. An order has one reservation: reserving again with another
   * quantity replaces it.
   */
  record ReserveStock(String orderId, int quantity) implements StockCommand {
    public ReserveStock {
      Check.id("orderId", orderId);
    }
  }

  /** Gives back what is reserved for the order. */
  record ReleaseStock(String orderId) implements StockCommand {
    public ReleaseStock {
      Check.id("orderId", orderId);
    }
  }

  /** Sends out what is reserved for the order. */
  record DispatchStock(String orderId) implements StockCommand {
    public DispatchStock {
      Check.id("orderId", orderId);
    }
  }
}
