package dev.foldstream.commerce.stock;

/**
 * What is there of one article: the row of the view {@code stock-levels}.
 *
 * @param available what is on hand and not reserved
 */
public record StockLevel(String sku, long onHand, long reserved, long available) {

  StockLevel plus(long onHandMore, long reservedMore) {
    long newOnHand = onHand + onHandMore;
    long newReserved = reserved + reservedMore;
    return new StockLevel(sku, newOnHand, newReserved, newOnHand - newReserved);
  }
}
