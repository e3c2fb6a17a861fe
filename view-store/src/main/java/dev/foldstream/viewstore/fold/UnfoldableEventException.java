package dev.foldstream.viewstore.fold;

import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.RecordedEvent;

/** A projection threw: the event with its place, and what it threw as the cause. */
public final class UnfoldableEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Place place;

  public UnfoldableEventException(RecordedEvent<?> event, RuntimeException cause) {
    super(
        "%s of %s, version %d: the projection threw %s"
            .formatted(
                event.event().getClass().getSimpleName(), event.stream(), event.version(), cause),
        cause);
    this.place = event.place();
  }

  public Place place() {
    return place;
  }
}
