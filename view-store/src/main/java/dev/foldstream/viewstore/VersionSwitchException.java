package dev.foldstream.viewstore;

/**
 * Nothing is written to a version for a moment, because another one becomes live. It is planned, so
 * who tries again need not raise an alarm.
 */
public final class VersionSwitchException extends ViewStoreUnavailableException {
  private static final long serialVersionUID = 1L;

  public VersionSwitchException(ViewVersion version) {
    super(
        version + " stands still for a moment, because another version becomes live",
        new IllegalStateException("sealed"));
  }
}
