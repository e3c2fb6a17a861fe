package dev.foldstream.projector.rebuild;

/** The rebuild fails the same way each time it is tried, until somebody mends the cause. */
final class CannotRebuildException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotRebuildException(String reason) {
    super(reason);
  }
}
