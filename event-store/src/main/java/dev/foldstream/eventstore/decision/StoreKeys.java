package dev.foldstream.eventstore.decision;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The kinds of keys of a decision store, told apart by their first byte. These are the stored form.
 *
 * <ul>
 *   <li>{@code a<aggregate id>}: the aggregate, an {@link AggregateEntry}
 *   <li>{@code s}: the partition, a {@link PartitionEntry}
 *   <li>{@code p<aggregate id> 0x00 <number>}: a page of outcomes that no longer fit the
 *       aggregate's entry
 *   <li>{@code f<aggregate id> 0x00 <number>}: a chapter, which says what may stand in its pages
 *   <li>{@code e<time><the rest of such a key>}: when that chapter may be forgotten
 * </ul>
 */
final class StoreKeys {

  static final byte[] PARTITION = {'s'};

  private static final byte AGGREGATE = 'a';
  private static final byte PAGE = 'p';
  private static final byte CHAPTER = 'f';
  private static final byte EXPIRY = 'e';

  private StoreKeys() {}

  /** Whether this kind is read with nearly each command. */
  static boolean readOften(byte[] key) {
    return key[0] == AGGREGATE || key[0] == CHAPTER;
  }

  static byte[] aggregate(byte[] id) {
    return ByteBuffer.allocate(1 + id.length).put(AGGREGATE).put(id).array();
  }

  static byte[] page(byte[] aggregateId, long number) {
    return numbered(PAGE, aggregateId, number);
  }

  static byte[] chapter(byte[] aggregateId, long number) {
    return numbered(CHAPTER, aggregateId, number);
  }

  private static byte[] numbered(byte kind, byte[] aggregateId, long number) {
    return ByteBuffer.allocate(2 + aggregateId.length + Long.BYTES)
        .put(kind)
        .put(aggregateId)
        .put((byte) 0)
        .putLong(number)
        .array();
  }

  static byte[] expiry(long atMillis, byte[] chapterKey) {
    return ByteBuffer.allocate(Long.BYTES + chapterKey.length)
        .put(EXPIRY)
        .putLong(atMillis)
        .put(chapterKey, 1, chapterKey.length - 1)
        .array();
  }

  /** No key of a chapter that expires at this time or later is below it. */
  static byte[] expiryBound(long atMillis) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(EXPIRY).putLong(atMillis).array();
  }

  static long expiryTime(byte[] expiryKey) {
    return ByteBuffer.wrap(expiryKey, 1, Long.BYTES).getLong();
  }

  static byte[] chapterOf(byte[] expiryKey) {
    byte[] key = Arrays.copyOfRange(expiryKey, Long.BYTES, expiryKey.length);
    key[0] = CHAPTER;
    return key;
  }

  /** The aggregate's id in a key of a chapter. */
  static byte[] aggregateOf(byte[] chapterKey) {
    return Arrays.copyOfRange(chapterKey, 1, chapterKey.length - Long.BYTES - 1);
  }

  /** The number in a key of a chapter. */
  static long numberOf(byte[] chapterKey) {
    return ByteBuffer.wrap(chapterKey, chapterKey.length - Long.BYTES, Long.BYTES).getLong();
  }
}
