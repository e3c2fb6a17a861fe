package dev.foldstream.eventstore.outcomes;

/** Why a command was set aside. The names are the stored form. */
public enum QuarantineCause {
  /** The key is missing or is not an aggregate id. */
  INVALID_ID,
  /** A header is not what its name says. */
  INVALID_HEADER,
  /** The record lies in another partition than its key belongs to. */
  WRONG_PARTITION,
  /**
   * The value is not Avro in Confluent's wire format, or its schema is not known or does not fit.
   */
  UNREADABLE,
  /** The value is of a type that is not a command of this aggregate. */
  UNKNOWN_TYPE,
  /** The decider threw, or what it answered cannot be stored. */
  DECIDER_FAILED,
  /** The events or the state that followed are larger than the log takes. */
  ANSWER_TOO_LARGE
}
