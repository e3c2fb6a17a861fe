package dev.foldstream.projector.projection;

/** One event more would have to wait than may. */
final class QuarantineFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Step step;

  QuarantineFullException(Step step, String message) {
    super(message);
    this.step = step;
  }

  Step step() {
    return step;
  }
}
