package dev.foldstream.commerce.stock;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Feature.Aggregate;
import dev.foldstream.kernel.Feature.View;
import java.util.List;

/** The aggregate {@code stock} and its view. */
public final class StockFeatures {

  private StockFeatures() {}

  public static List<Feature> all() {
    return List.of(
        Aggregate.of(
            "stock", StockCommand.class, Stock.class, StockEvent.class, new StockDecider()),
        View.of("stock-levels", StockEvent.class, StockLevel.class, new StockLevelProjection())
            .index("available"));
  }
}
