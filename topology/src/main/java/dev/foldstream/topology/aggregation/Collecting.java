package dev.foldstream.topology.aggregation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** The first so many values, in the order in which they came. */
final class Collecting implements Accumulator {

  private final Schema list;
  private final int limit;
  private final StoredValue stored;
  private final List<Object> values = new ArrayList<>();

  Collecting(Schema list, int limit) {
    this.list = list;
    this.limit = limit;
    this.stored = new StoredValue(list.getElementType());
  }

  @Override
  public void add(Object value, long time) {
    if (values.size() < limit) {
      values.add(value);
    }
  }

  @Override
  public void merge(Accumulator other) {
    ((Collecting) other).values.forEach(value -> add(value, 0));
  }

  @Override
  public Object result() {
    return new GenericData.Array<>(list, values);
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(values.size());
    for (Object value : values) {
      stored.write(value, out);
    }
  }

  @Override
  public void read(DataInputStream in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      values.add(stored.read(in));
    }
  }
}
