package dev.foldstream.commerce.fulfilment;

import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class FulfilmentStatusProjection implements Projection<FulfilmentMoved, FulfilmentStatus> {

  /** Stock can be reserved for an order that nobody placed; that is no fulfilment yet. */
  @Override
  public Set<String> keys(RecordedEvent<? extends FulfilmentMoved> event) {
    boolean begun = !event.event().step().equals(FulfilmentProcess.NOT_BEGUN);
    return begun ? Set.of(event.stream().id()) : Set.of();
  }

  @Override
  public FulfilmentStatus apply(
      String key,
      @Nullable FulfilmentStatus row,
      RecordedEvent<? extends FulfilmentMoved> recorded) {
    var moved = recorded.event();
    return new FulfilmentStatus(
        key,
        moved.step(),
        moved.waitingFor(),
        recorded.occurredAt(),
        moved.attempts(),
        moved.outcome(),
        moved.reason());
  }
}
