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
  /** A list, a map or a nested record. */
  JSON;

  /** Whether a column of this type can be filtered and ordered by. */
  public boolean comparable() {
    return this != JSON;
  }
}
