package dev.foldstream.topology.build;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Mean and variance of the values so far: all of them alike, or the newest weighing most. The score
 * is the distance from the mean in standard deviations.
 */
final class DeviationDetector implements Detector {

  private static final int STATE_BYTES = 3 * Double.BYTES;

  /** A series that never moved would call any move infinite. */
  private static final double LEAST_DEVIATION = 1e-9;

  private final double smoothing;
  private final int warmUp;

  /**
   * A detector.
   *
   * @param smoothing weight of the newest value; 0 for all alike
   */
  DeviationDetector(double smoothing, int warmUp) {
    this.smoothing = smoothing;
    this.warmUp = warmUp;
  }

  @Override
  public Score score(String key, byte @Nullable [] state, double[] point) {
    double value = point[0];
    if (state == null) {
      return new Score(0, null, state(1, value, 0));
    }
    var kept = ByteBuffer.wrap(state);
    double count = kept.getDouble();
    double mean = kept.getDouble();
    double variance = kept.getDouble();
    double score = 0;
    if (count >= warmUp) {
      double deviation =
          Math.max(Math.sqrt(variance), LEAST_DEVIATION * Math.max(1, Math.abs(mean)));
      score = Math.abs(value - mean) / deviation;
    }
    double weight = smoothing == 0 ? 1 / (count + 1) : Math.max(smoothing, 1 / (count + 1));
    double difference = value - mean;
    double nextMean = mean + weight * difference;
    double nextVariance = (1 - weight) * (variance + weight * difference * difference);
    return new Score(score, mean, state(count + 1, nextMean, nextVariance));
  }

  private static byte[] state(double count, double mean, double variance) {
    return ByteBuffer.allocate(STATE_BYTES)
        .putDouble(count)
        .putDouble(mean)
        .putDouble(variance)
        .array();
  }
}
