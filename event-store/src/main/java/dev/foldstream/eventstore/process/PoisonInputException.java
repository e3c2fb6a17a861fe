package dev.foldstream.eventstore.process;

/** This input cannot be taken, now or by trying again with the same code; it is to be set aside. */
final class PoisonInputException extends Exception {

  /** The record is not an input, or its value cannot be read. */
  static final String UNREADABLE = "UNREADABLE";

  /** The process manager threw, or what it answered is not allowed. */
  static final String MANAGER_FAILED = "MANAGER_FAILED";

  /** The state was written under another state version. */
  static final String OTHER_STATE_VERSION = "OTHER_STATE_VERSION";

  /** More inputs came for a process that stands still than are held. */
  static final String HOLD_FULL = "HOLD_FULL";

  private static final long serialVersionUID = 1L;
  private static final int MAX_DETAIL = 1_000;

  private final String reason;

  PoisonInputException(String reason, String detail) {
    super(detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "...");
    this.reason = reason;
  }

  /** With the exception that was thrown, and where. */
  static PoisonInputException thrown(String wanted, Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new PoisonInputException(
        MANAGER_FAILED, "%s; found %s%s".formatted(wanted, thrown, where));
  }

  /** The class of the cause. */
  String reason() {
    return reason;
  }

  /** What was wanted and what was found. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
