package dev.foldstream.eventstore.process;

/**
 * Why a process stands still.
 *
 * @param cause the class of the cause
 * @param detail what was wanted and what was found
 * @param full whether inputs came that could not be held, so that it cannot be retried
 */
record Standing(String cause, String detail, long sinceMillis, boolean full) {

  Standing overfull() {
    return new Standing(cause, detail, sinceMillis, true);
  }
}
