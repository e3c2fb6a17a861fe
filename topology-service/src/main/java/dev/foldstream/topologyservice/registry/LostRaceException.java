package dev.foldstream.topologyservice.registry;

/** Other processes wrote to the registry first, as often as it was tried. Nothing was written. */
public final class LostRaceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LostRaceException(int tries, Throwable cause) {
    super(
        "another process changed the registry at the same time, %d times in a row; nothing was written. Mend: look at the topology and try again"
            .formatted(tries),
        cause);
  }
}
