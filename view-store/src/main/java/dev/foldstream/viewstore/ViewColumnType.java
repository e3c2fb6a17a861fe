package dev.foldstream.viewstore;

/** The kinds of columns that a row record's components become. */
public enum ViewColumnType {
  TEXT,
  INTEGER,
  BIGINT,
  DECIMAL,
  DOUBLE,
  BOOLEAN,
  TIMESTAMP,
  DATE,
  UUID,
  /** An enum: stored by name. */
  ENUM,
  /** A list of values of one of the types above. */
  ARRAY,
  /** A map, a nested record, or a list of these. */
  JSON;

  /** Whether a column of this type can be filtered and ordered by. */
  public boolean comparable() {
    return this != ARRAY && this != JSON;
  }
}
