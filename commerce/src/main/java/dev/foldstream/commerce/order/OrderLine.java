package dev.foldstream.commerce.order;

import java.math.BigDecimal;

/** So many pieces of one article at a price each, in the order's currency. */
public record OrderLine(String sku, int quantity, BigDecimal unitPrice) {

  BigDecimal total() {
    return unitPrice.multiply(BigDecimal.valueOf(quantity));
  }
}
