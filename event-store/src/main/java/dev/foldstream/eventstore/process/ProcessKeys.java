package dev.foldstream.eventstore.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The kinds of keys of a process store, told apart by their first byte. These are the stored form.
 *
 * <ul>
 *   <li>{@code p<process id>}: the process, a {@link ProcessEntry}
 *   <li>{@code s}: the partition, a {@link PartitionMark}
 *   <li>{@code t<due time><process id> 0x00 <timer>}: a timer that runs, its number
 *   <li>{@code h<process id> 0x00 <number>}: an input that is held, an {@link InputRecord}
 * </ul>
 */
final class ProcessKeys {

  static final byte[] PARTITION = {'s'};

  private static final byte PROCESS = 'p';
  private static final byte TIMER = 't';
  private static final byte HELD = 'h';

  private ProcessKeys() {}

  static byte[] process(String id) {
    byte[] key = bytes(id);
    return ByteBuffer.allocate(1 + key.length).put(PROCESS).put(key).array();
  }

  static byte[] held(String id, long number) {
    byte[] key = bytes(id);
    return ByteBuffer.allocate(2 + key.length + Long.BYTES)
        .put(HELD)
        .put(key)
        .put((byte) 0)
        .putLong(number)
        .array();
  }

  static byte[] timer(long dueMillis, String id, String timer) {
    byte[] key = bytes(id);
    byte[] name = bytes(timer);
    return ByteBuffer.allocate(2 + Long.BYTES + key.length + name.length)
        .put(TIMER)
        .putLong(dueMillis)
        .put(key)
        .put((byte) 0)
        .put(name)
        .array();
  }

  /** Below the keys of all timers that are due at this time or later. */
  static byte[] timersFrom(long dueMillis) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(TIMER).putLong(dueMillis).array();
  }

  static long dueMillis(byte[] timerKey) {
    return ByteBuffer.wrap(timerKey, 1, Long.BYTES).getLong();
  }

  static String processOf(byte[] timerKey) {
    int from = 1 + Long.BYTES;
    return new String(timerKey, from, separator(timerKey) - from, StandardCharsets.UTF_8);
  }

  static String timerOf(byte[] timerKey) {
    int from = separator(timerKey) + 1;
    return new String(timerKey, from, timerKey.length - from, StandardCharsets.UTF_8);
  }

  private static int separator(byte[] timerKey) {
    int at = 1 + Long.BYTES;
    while (timerKey[at] != 0) {
      at++;
    }
    return at;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
