package dev.foldstream.topology.build;

import org.jspecify.annotations.Nullable;

/** Says how unusual a point is after those before it. */
interface Detector {

  /**
   * How unusual, and what is kept for the next point.
   *
   * @param value 0 while it is still learning
   * @param expected what would have been usual; null when it is not known
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Score(double value, @Nullable Double expected, byte[] state) {}

  Score score(String key, byte @Nullable [] state, double[] point);
}
