package dev.foldstream.commerce.order;

import dev.foldstream.kernel.Rejection;

/** Why an order refuses a command. */
public enum OrderRejection implements Rejection {
  /** An order without lines cannot be placed. */
  ORDER_IS_EMPTY,
  /** The order was placed before, with other contents. */
  ORDER_ALREADY_PLACED,
  /** No order was placed under this id. */
  ORDER_NOT_FOUND,
  /** Only a confirmed order can be shipped. */
  ORDER_NOT_CONFIRMED,
  /** Only a shipped order can be delivered. */
  ORDER_NOT_SHIPPED,
  /** The order has left: it can neither be cancelled nor shipped in another way. */
  ORDER_ALREADY_SHIPPED,
  /** Nothing more happens to a cancelled order. */
  ORDER_IS_CANCELLED
}
