package dev.foldstream.topology.build;

/** Why a record goes no further. */
public enum DropReason {
  /** Its type is not one of those the source takes. */
  OTHER_TYPE,
  /** It has no value, and what flows is no table. */
  TOMBSTONE,
  /** The expression of a filter does not hold. */
  FILTERED,
  /** No branch takes it. */
  NO_BRANCH,
  /** A record with the same id came before. */
  DUPLICATE,
  /** Its windows are closed. */
  LATE,
  /** Nothing was found to join or enrich it with. */
  NO_MATCH,
  /** It has no key, which the step needs. */
  NO_KEY,
  /** It is not unusual, and only unusual ones are wanted. */
  USUAL,
  /** The rule of an alert does not hold, or not yet often enough. */
  NO_ALERT,
  /** An alert of this key was told a short while ago. */
  COOLING_DOWN
}
