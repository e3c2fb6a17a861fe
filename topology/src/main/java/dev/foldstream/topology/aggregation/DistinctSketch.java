package dev.foldstream.topology.aggregation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;

/** About how many different values, by HyperLogLog with 4,096 buckets. */
final class DistinctSketch implements Accumulator {

  private static final int LOG_BUCKETS = 12;

  private final Schema value;
  private HllSketch sketch = new HllSketch(LOG_BUCKETS);

  DistinctSketch(Schema value) {
    this.value = value;
  }

  @Override
  public void add(Object added, long time) {
    switch (added) {
      case ByteBuffer bytes -> {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        // An empty array would be passed over.
        sketch.update(copy.length == 0 ? new byte[] {0} : copy);
      }
      case Number number when value.getType() != Schema.Type.DOUBLE ->
          sketch.update(number.longValue());
      default -> sketch.update("." + added);
    }
  }

  @Override
  public void merge(Accumulator other) {
    var union = new HllUnion(LOG_BUCKETS);
    union.update(sketch);
    union.update(((DistinctSketch) other).sketch);
    sketch = union.getResult();
  }

  @Override
  public Object result() {
    return Math.round(sketch.getEstimate());
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    byte[] bytes = sketch.toCompactByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void read(DataInputStream in) throws IOException {
    sketch = HllSketch.heapify(MemorySegment.ofArray(in.readNBytes(in.readInt())));
  }
}
