package dev.foldstream.topology.aggregation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** How many. */
final class Counting implements Accumulator {
  private long count;

  @Override
  public void add(Object value, long time) {
    count++;
  }

  @Override
  public void merge(Accumulator other) {
    count += ((Counting) other).count;
  }

  @Override
  public Object result() {
    return count;
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeLong(count);
  }

  @Override
  public void read(DataInputStream in) throws IOException {
    count = in.readLong();
  }
}
