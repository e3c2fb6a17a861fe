package dev.foldstream.commerce.stock;

import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReceived;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class StockLevelProjection implements Projection<StockEvent, StockLevel> {

  @Override
  public Set<String> keys(RecordedEvent<? extends StockEvent> event) {
    return Set.of(event.stream().id());
  }

  @Override
  public StockLevel apply(
      String key, @Nullable StockLevel row, RecordedEvent<? extends StockEvent> event) {
    var level = row == null ? new StockLevel(key, 0, 0, 0) : row;
    return switch (event.event()) {
      case StockReceived e -> level.plus(e.quantity(), 0);
      case StockReserved e -> level.plus(0, e.quantity());
      case StockReleased e -> level.plus(0, -e.quantity());
      case StockDispatched e -> level.plus(-e.quantity(), -e.quantity());
    };
  }
}
