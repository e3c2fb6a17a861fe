package dev.foldstream.eventstore.outcomes;

/** More callers wait for outcomes than this instance allows; trying again later is right. */
public final class TooManyWaitingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyWaitingException(int most) {
    super("at most %d may wait for outcomes at once".formatted(most));
  }
}
