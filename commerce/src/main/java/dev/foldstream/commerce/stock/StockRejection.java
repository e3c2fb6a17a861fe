package dev.foldstream.commerce.stock;

import dev.foldstream.kernel.Rejection;

/** Why stock refuses a command. */
public enum StockRejection implements Rejection {
  /** Fewer pieces are available than were asked for. */
  OUT_OF_STOCK,
  /** Nothing is reserved for this order. */
  NOT_RESERVED,
  /** A quantity is at least 1. */
  QUANTITY_NOT_POSITIVE
}
