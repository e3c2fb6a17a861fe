package dev.foldstream.topology.build;

import com.amazon.randomcutforest.RandomCutForest;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A random cut forest over the newest points of a key. Kept are the points; the forest is grown
 * again from them, with the same seed, when the task does not hold it.
 */
final class ForestDetector implements Detector {

  static final int POINTS = 256;

  /** Forests held by a task; each takes some 100 KB. */
  private static final int MAX_FORESTS = 500;

  private static final int TREES = 30;
  private static final int SAMPLES = 128;
  private static final long SEED = 20_260_101;

  private final int dimensions;
  private final int warmUp;
  private final Map<String, RandomCutForest> forests =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RandomCutForest> eldest) {
          return size() > MAX_FORESTS;
        }
      };

  ForestDetector(int dimensions, int warmUp) {
    this.dimensions = dimensions;
    this.warmUp = warmUp;
  }

  @Override
  public Score score(String key, byte @Nullable [] state, double[] point) {
    int bytes = dimensions * Double.BYTES;
    int known = state == null ? 0 : state.length / bytes;
    RandomCutForest forest = forests.get(key);
    if (forest == null || state == null || forest.getTotalUpdates() < known) {
      forest = grown(state, known);
      forests.put(key, forest);
    }
    double score = known < warmUp ? 0 : forest.getAnomalyScore(floats(point));
    forest.update(floats(point));
    return new Score(score, null, with(state, known, point));
  }

  private RandomCutForest grown(byte @Nullable [] state, int known) {
    var forest =
        RandomCutForest.builder()
            .dimensions(dimensions)
            .numberOfTrees(TREES)
            .sampleSize(SAMPLES)
            .outputAfter(1)
            .randomSeed(SEED)
            .parallelExecutionEnabled(false)
            .build();
    if (state != null) {
      var points = ByteBuffer.wrap(state);
      for (int i = 0; i < known; i++) {
        double[] one = new double[dimensions];
        for (int d = 0; d < dimensions; d++) {
          one[d] = points.getDouble();
        }
        forest.update(floats(one));
      }
    }
    return forest;
  }

  /** A forest cuts floats; the stored points stay what they were. */
  private static float[] floats(double[] point) {
    float[] floats = new float[point.length];
    for (int i = 0; i < point.length; i++) {
      floats[i] = (float) point[i];
    }
    return floats;
  }

  private byte[] with(byte @Nullable [] state, int known, double[] point) {
    int bytes = dimensions * Double.BYTES;
    int kept = Math.min(known, POINTS - 1);
    var next = ByteBuffer.allocate((kept + 1) * bytes);
    if (state != null) {
      next.put(state, (known - kept) * bytes, kept * bytes);
    }
    for (double one : point) {
      next.putDouble(one);
    }
    return next.array();
  }
}
