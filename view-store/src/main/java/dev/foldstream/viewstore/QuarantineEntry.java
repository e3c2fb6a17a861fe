package dev.foldstream.viewstore;

import dev.foldstream.kernel.TopicPartitionName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An event that a row did not take, by pointer: the event stays where it is in the log.
 *
 * @param offset where to read it again
 * @param aggregateId the key of its record
 * @param cause what kind of fault it was, in a short word
 * @param attempts how often it was tried
 * @param request what is to be done with it, or was done with a discarded one
 */
public record QuarantineEntry(
    TopicPartitionName partition,
    long sequence,
    long offset,
    String aggregateId,
    Hold hold,
    Kind kind,
    String cause,
    String detail,
    int attempts,
    Instant since,
    @Nullable QuarantineRequest request) {

  /** How long a detail may be; the rest is cut off. */
  public static final int MAX_DETAIL = 2_000;

  private static final int HASH_BYTES = 6;

  /** These names are the stored form. */
  public enum Kind {
    /** It failed. */
    POISON,
    /** It waits behind one that failed. */
    HELD,
    /** Given up; kept for the record, and holds nothing. */
    DISCARDED
  }

  public QuarantineEntry {
    detail = detail.substring(0, Math.min(MAX_DETAIL, detail.length()));
  }

  /** The same for the same event and hold, in the same partition: so writing it twice is one. */
  public String id() {
    return "%s-%d-%d-%s".formatted(partition.topic(), partition.partition(), sequence, hash(hold));
  }

  private static String hash(Hold hold) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((hold.scope() + ":" + hold.key()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With this request, or none. */
  public QuarantineEntry asked(@Nullable QuarantineRequest by) {
    return new QuarantineEntry(
        partition, sequence, offset, aggregateId, hold, kind, cause, detail, attempts, since, by);
  }

  /** Given up, as its request says. */
  public QuarantineEntry discarded() {
    return new QuarantineEntry(
        partition,
        sequence,
        offset,
        aggregateId,
        hold,
        Kind.DISCARDED,
        cause,
        detail,
        attempts,
        since,
        request);
  }

  /** Tried again in vain; nothing is asked of it any more. */
  public QuarantineEntry failed(String newCause, String newDetail) {
    return new QuarantineEntry(
        partition,
        sequence,
        offset,
        aggregateId,
        hold,
        Kind.POISON,
        newCause,
        newDetail,
        attempts + 1,
        since,
        null);
  }

  /** Where it stands in a list in the order of topic, partition, sequence and id. */
  public record Boundary(String topic, int partition, long sequence, String id) {

    /** The boundary behind the entry with this id, or null when it is not the form of one. */
    public static @Nullable Boundary behind(String id) {
      String[] parts = id.split("-", -1);
      int last = parts.length - 1;
      if (last < 3) {
        return null;
      }
      try {
        long sequence = Long.parseLong(parts[last - 1]);
        int partition = Integer.parseInt(parts[last - 2]);
        int tail = parts[last].length() + parts[last - 1].length() + parts[last - 2].length() + 3;
        return new Boundary(id.substring(0, id.length() - tail), partition, sequence, id);
      } catch (NumberFormatException notOne) {
        return null;
      }
    }
  }
}
