package dev.foldstream.viewstore.rebuild;

/** Somebody else took the rebuild over, or it ended: the caller stops. */
public final class RebuildLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RebuildLostException(Rebuild rebuild) {
    super(
        "the rebuild of %s under epoch %d is no longer ours"
            .formatted(rebuild.version(), rebuild.epoch()));
  }
}
