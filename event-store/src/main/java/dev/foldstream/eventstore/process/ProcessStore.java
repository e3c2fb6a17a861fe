package dev.foldstream.eventstore.process;

import org.jspecify.annotations.Nullable;

/**
 * What the processes of one partition are kept in.
 *
 * <ol>
 *   <li>One thread uses it.
 *   <li>What was put is seen by the next {@code get}.
 *   <li>Keys are ordered by their bytes, unsigned.
 * </ol>
 */
interface ProcessStore {

  byte @Nullable [] get(byte[] key);

  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /** The first key from {@code from} inclusive to {@code to} inclusive. */
  byte @Nullable [] firstKey(byte[] from, byte[] to);
}
