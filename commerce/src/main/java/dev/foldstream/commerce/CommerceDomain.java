package dev.foldstream.commerce;

import dev.foldstream.commerce.account.AccountFeatures;
import dev.foldstream.commerce.order.OrderFeatures;
import dev.foldstream.commerce.stock.StockFeatures;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.List;
import java.util.stream.Stream;

/** A shop that takes orders, keeps stock and charges accounts. */
public final class CommerceDomain implements Domain {

  @Override
  public String name() {
    return "commerce";
  }

  @Override
  public List<Feature> features() {
    return Stream.of(OrderFeatures.all(), StockFeatures.all(), AccountFeatures.all())
        .flatMap(List::stream)
        .toList();
  }
}
