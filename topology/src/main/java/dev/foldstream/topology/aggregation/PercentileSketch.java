package dev.foldstream.topology.aggregation;

import dev.foldstream.topology.expressions.AvroValues;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.apache.avro.Schema;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.jspecify.annotations.Nullable;

/** About the value below which so many percent lie, by a KLL sketch. */
final class PercentileSketch implements Accumulator {

  private static final double PERCENT = 100;

  private final Schema value;
  private final double percentile;
  private KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance();

  PercentileSketch(Schema value, double percentile) {
    this.value = value;
    this.percentile = percentile;
  }

  @Override
  public void add(Object added, long time) {
    sketch.update(
        added instanceof Number number
            ? number.doubleValue()
            : AvroValues.decimal(value, added).doubleValue());
  }

  @Override
  public void merge(Accumulator other) {
    sketch.merge(((PercentileSketch) other).sketch);
  }

  @Override
  public @Nullable Object result() {
    return sketch.isEmpty() ? null : sketch.getQuantile(percentile / PERCENT);
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    byte[] bytes = sketch.toByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void read(DataInputStream in) throws IOException {
    sketch = KllDoublesSketch.heapify(MemorySegment.ofArray(in.readNBytes(in.readInt())));
  }
}
