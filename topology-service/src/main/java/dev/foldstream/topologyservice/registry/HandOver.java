package dev.foldstream.topologyservice.registry;

import java.time.Instant;

/**
 * The candidate is about to become live. One process leads it; when that dies, another gives it up
 * after a while and both versions go on as before.
 *
 * @param began by the clock of the process that leads it
 */
public record HandOver(Phase phase, Instant began) {

  /** How far it came. These are the stored form. */
  public enum Phase {
    /** The candidate stops; the live version runs until it has read at least as much. */
    CANDIDATE_STOPS,
    /** The live version stops, too. */
    LIVE_STOPS
  }
}
