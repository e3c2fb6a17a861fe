package dev.foldstream.viewstore;

import java.time.Duration;

/** A query was given up because it took longer than a statement may. */
public final class QueryTooCostlyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration limit;

  public QueryTooCostlyException(String message, Duration limit, Throwable cause) {
    super(message, cause);
    this.limit = limit;
  }

  /** How long the statement was given. */
  public Duration limit() {
    return limit;
  }
}
