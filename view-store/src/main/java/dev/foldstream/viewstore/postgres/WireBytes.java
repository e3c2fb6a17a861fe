package dev.foldstream.viewstore.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, numbers in the order of networks. Used by one thread, so nothing is locked. */
final class WireBytes {

  private static final int FIRST = 512;
  private static final int MOST_RESERVED = 4 * 1024 * 1024;
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[FIRST];
  private int size;

  /** Valid up to {@link #size()}, until the next write. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void reset() {
    size = 0;
  }

  /** Makes room for what is likely to come. */
  void reserve(long more) {
    if (size + more > bytes.length && size + more <= MOST_RESERVED) {
      bytes = Arrays.copyOf(bytes, (int) (size + more));
    }
  }

  private int grow(int by) {
    int at = size;
    size = Math.addExact(size, by);
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(size, 2L * at)));
    }
    return at;
  }

  void writeByte(int value) {
    int at = grow(Byte.BYTES);
    bytes[at] = (byte) value;
  }

  void writeShort(int value) {
    int at = grow(Short.BYTES);
    SHORT.set(bytes, at, (short) value);
  }

  void writeInt(int value) {
    int at = grow(Integer.BYTES);
    INT.set(bytes, at, value);
  }

  void writeLong(long value) {
    int at = grow(Long.BYTES);
    LONG.set(bytes, at, value);
  }

  void write(byte[] more) {
    write(more, 0, more.length);
  }

  void write(byte[] more, int from, int length) {
    int at = grow(length);
    System.arraycopy(more, from, bytes, at, length);
  }
}
