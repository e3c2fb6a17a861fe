package dev.foldstream.viewstore.rebuild;

/** What a rebuild is for. */
public enum RebuildKind {
  /** Builds the next version from the first event on, compares it, and makes it live. */
  REBUILD,
  /** Builds the next version, compares it, and drops it: an alarm for drift. */
  VERIFY,
  /** Brings the version that was live before up to date and makes it live again. */
  ROLLBACK
}
