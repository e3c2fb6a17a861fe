package dev.foldstream.commerce;

import dev.foldstream.commerce.account.AccountFeatures;
import dev.foldstream.commerce.customerorders.CustomerOrdersFeatures;
import dev.foldstream.commerce.fulfilment.FulfilmentFeatures;
import dev.foldstream.commerce.order.OrderFeatures;
import dev.foldstream.commerce.stock.StockFeatures;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A shop that takes orders, keeps stock and charges accounts. */
public final class CommerceDomain implements Domain {

  static final String FULFILMENT_PATIENCE = "commerce.fulfilment.patience-seconds";

  private static final long MAX_PATIENCE_SECONDS = 86_400;

  @Override
  public String name() {
    return "commerce";
  }

  @Override
  public List<Feature> features() {
    return Stream.of(
            OrderFeatures.all(),
            StockFeatures.all(),
            AccountFeatures.all(),
            CustomerOrdersFeatures.all(),
            FulfilmentFeatures.all(fulfilmentPatience()))
        .flatMap(List::stream)
        .toList();
  }

  /** From the system property {@value #FULFILMENT_PATIENCE}, in seconds. */
  private static Duration fulfilmentPatience() {
    long seconds = Long.getLong(FULFILMENT_PATIENCE, FulfilmentFeatures.PATIENCE.toSeconds());
    if (seconds < 1 || seconds > MAX_PATIENCE_SECONDS) {
      throw new IllegalArgumentException(
          FULFILMENT_PATIENCE
              + ": wanted 1 to "
              + MAX_PATIENCE_SECONDS
              + " seconds; found "
              + seconds);
    }
    return Duration.ofSeconds(seconds);
  }
}
