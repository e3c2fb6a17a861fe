package dev.foldstream.eventstore.decision;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The kinds of keys of a decision store, told apart by their first byte. These are the stored form.
 *
 * <ul>
 *   <li>{@code a<aggregate id>}: the aggregate, an {@link AggregateEntry}
 *   <li>{@code s}: the partition, a {@link PartitionEntry}
 *   <li>{@code c<aggregate id> 0x00 <command id>}: an outcome that no longer fits the aggregate's
 *       entry
 *   <li>{@code e<time><the rest of such a key>}: when that outcome may be forgotten
 * </ul>
 */
final class StoreKeys {

  static final byte[] PARTITION = {'s'};

  private static final byte AGGREGATE = 'a';
  private static final byte COMMAND = 'c';
  private static final byte EXPIRY = 'e';

  private StoreKeys() {}

  static byte[] aggregate(byte[] id) {
    return ByteBuffer.allocate(1 + id.length).put(AGGREGATE).put(id).array();
  }

  static byte[] command(byte[] aggregateId, String commandId) {
    byte[] command = commandId.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + aggregateId.length + command.length)
        .put(COMMAND)
        .put(aggregateId)
        .put((byte) 0)
        .put(command)
        .array();
  }

  static byte[] expiry(long atMillis, byte[] commandKey) {
    return ByteBuffer.allocate(Long.BYTES + commandKey.length)
        .put(EXPIRY)
        .putLong(atMillis)
        .put(commandKey, 1, commandKey.length - 1)
        .array();
  }

  /** No key of an outcome remembered before this time is above it. */
  static byte[] expiryBound(long atMillis) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(EXPIRY).putLong(atMillis).array();
  }

  static long expiryTime(byte[] expiryKey) {
    return ByteBuffer.wrap(expiryKey, 1, Long.BYTES).getLong();
  }

  static byte[] commandOf(byte[] expiryKey) {
    byte[] key = Arrays.copyOfRange(expiryKey, Long.BYTES, expiryKey.length);
    key[0] = COMMAND;
    return key;
  }
}
