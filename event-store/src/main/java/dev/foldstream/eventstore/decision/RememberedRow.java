package dev.foldstream.eventstore.decision;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembered outcomes, oldest first, as the bytes they are stored as: nothing is taken apart until
 * an id comes again. Each is the length of its id, the id, its time, the length of its outcome, the
 * outcome.
 */
final class RememberedRow {

  static final RememberedRow EMPTY = new RememberedRow(new byte[0]);

  private static final int HEAD = Short.BYTES;
  private static final int MIDDLE = Long.BYTES + Integer.BYTES;

  private final byte[] bytes;

  private RememberedRow(byte[] bytes) {
    this.bytes = bytes;
  }

  static RememberedRow of(byte[] stored) {
    return new RememberedRow(stored);
  }

  static RememberedRow of(List<Remembered> all) {
    var row = EMPTY;
    for (Remembered one : all) {
      row = row.with(one);
    }
    return row;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    int count = 0;
    for (int at = 0; at < bytes.length; at = next(at)) {
      count++;
    }
    return count;
  }

  List<Remembered> all() {
    var all = new ArrayList<Remembered>();
    for (int at = 0; at < bytes.length; at = next(at)) {
      all.add(read(at));
    }
    return all;
  }

  /** The latest under this id. */
  @Nullable Remembered find(byte[] id) {
    int at = position(id);
    return at < 0 ? null : read(at);
  }

  /** With one more, in place of what was there under its id. */
  RememberedRow with(Remembered latest) {
    int at = position(latest.id());
    int cut = at < 0 ? bytes.length : next(at);
    int kept = at < 0 ? bytes.length : bytes.length - (cut - at);
    int length = HEAD + latest.id().length + MIDDLE + latest.outcome().length;
    var row = ByteBuffer.allocate(kept + length);
    row.put(bytes, 0, at < 0 ? bytes.length : at).put(bytes, cut, bytes.length - cut);
    row.putShort((short) latest.id().length).put(latest.id()).putLong(latest.atMillis());
    row.putInt(latest.outcome().length).put(latest.outcome());
    return new RememberedRow(row.array());
  }

  private int position(byte[] id) {
    int found = -1;
    for (int at = 0; at < bytes.length; at = next(at)) {
      int from = at + HEAD;
      if (idLength(at) == id.length
          && Arrays.equals(bytes, from, from + id.length, id, 0, id.length)) {
        found = at;
      }
    }
    return found;
  }

  private Remembered read(int at) {
    var in = ByteBuffer.wrap(bytes, at, bytes.length - at);
    byte[] id = new byte[in.getShort()];
    in.get(id);
    long atMillis = in.getLong();
    byte[] outcome = new byte[in.getInt()];
    in.get(outcome);
    return new Remembered(id, atMillis, outcome);
  }

  private int next(int at) {
    int length = at + HEAD + idLength(at) + Long.BYTES;
    return length + Integer.BYTES + integer(length);
  }

  private int idLength(int at) {
    return (Byte.toUnsignedInt(bytes[at]) << Byte.SIZE) | Byte.toUnsignedInt(bytes[at + 1]);
  }

  private int integer(int at) {
    return ByteBuffer.wrap(bytes, at, Integer.BYTES).getInt();
  }
}
