package dev.foldstream.topology.aggregation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One field of an aggregate while it grows. Null values are passed over. */
interface Accumulator {

  /**
   * Adds a value.
   *
   * @param value in the form of Avro
   * @param time of its record
   */
  void add(Object value, long time);

  /** Takes over what another one of the same kind has. */
  void merge(Accumulator other);

  /** In the form of Avro; null when there was no value and the field may be without one. */
  @Nullable Object result();

  void write(DataOutputStream out) throws IOException;

  void read(DataInputStream in) throws IOException;
}
