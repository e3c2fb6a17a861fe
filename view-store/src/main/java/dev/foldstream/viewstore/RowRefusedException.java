package dev.foldstream.viewstore;

/** The store cannot hold a row of the batch, now or later. No position was moved. */
public final class RowRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RowRefusedException(String message) {
    super(message);
  }

  public RowRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
