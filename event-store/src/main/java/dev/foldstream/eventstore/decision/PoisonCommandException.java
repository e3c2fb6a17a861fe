package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.QuarantineCause;

/** This command cannot be decided, now or by trying again; it is to be set aside. */
final class PoisonCommandException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int MAX_DETAIL = 1_000;

  private final QuarantineCause reason;

  PoisonCommandException(QuarantineCause reason, String detail) {
    super(detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "...");
    this.reason = reason;
  }

  /** With the exception that was thrown, and where. */
  static PoisonCommandException thrown(QuarantineCause reason, String wanted, Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new PoisonCommandException(reason, "%s; found %s%s".formatted(wanted, thrown, where));
  }

  QuarantineCause reason() {
    return reason;
  }
}
