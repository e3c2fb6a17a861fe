package dev.foldstream.viewstore.rebuild;

/** How far a rebuild came. These names are the stored form. */
public enum RebuildState {
  /** Nobody works on it yet. */
  WAITING,
  /** Reads the log from its beginning into a table without indexes. */
  LOADING,
  /** Makes the indexes. */
  INDEXING,
  /** Is brought to the very events the live version has, and compared with it. */
  COMPARING,
  /** Stays close behind the live version until an operator switches or cancels. */
  READY,
  /** Is brought to where the live version stands and becomes live. */
  SWITCHING,
  /** What it was for is done. */
  DONE,
  /** Cannot go on; its remains are dropped by a cancel or the next rebuild. */
  FAILED,
  /** Was given up and left nothing behind. */
  CANCELLED;

  /** Whether nothing more will come of it. */
  public boolean ended() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}
