package dev.foldstream.eventstore.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The ids of what a process sends: made of what led to it alone, so the same input asks for the
 * same thing under the same id, however often it is taken. The way they are made is a stored form.
 */
final class CommandIds {

  private static final long VERSION_BITS = 0x000000000000F000L;
  private static final long VERSION_8 = 0x0000000000008000L;
  private static final long VARIANT_BITS = 0xC000000000000000L;
  private static final long VARIANT = 0x8000000000000000L;

  private CommandIds() {}

  /** An id in the form of a UUID of version 8, over SHA-256. */
  static String of(String domain, String process, String processId, String identity, String part) {
    MessageDigest digest = sha256();
    for (String text : new String[] {domain, process, processId, identity, part}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    long most = (hash.getLong() & ~VERSION_BITS) | VERSION_8;
    long least = (hash.getLong() & ~VARIANT_BITS) | VARIANT;
    return new UUID(most, least).toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
