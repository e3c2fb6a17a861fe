package dev.foldstream.viewstore.rebuild;

/** What a version of a view is to its readers. */
public enum VersionState {
  /** Is being made. */
  BUILDING,
  /** Could be live. */
  READY,
  /** Is what readers see. */
  LIVE,
  /** Was live and is kept for a rollback. */
  RETIRED,
  /** Could not be made. */
  FAILED
}
