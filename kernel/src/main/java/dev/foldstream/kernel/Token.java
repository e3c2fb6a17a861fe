package dev.foldstream.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a caller holds to read its own writes: for each partition of an events topic the sequence it
 * has seen.
 *
 * <p>The text is opaque to callers, versioned and URL-safe: {@code v1.} and Base64 of {@code
 * topic/partition=sequence} joined by commas, in the order of topic and partition. These are the
 * stored form.
 */
public record Token(SortedMap<TopicPartitionName, Long> sequences) {

  /** Longer texts are refused unread. */
  public static final int MAX_LENGTH = 8192;

  public static final Token EMPTY = new Token(new TreeMap<>());

  private static final String PREFIX = "v1.";

  public Token {
    sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
  }

  public static Token of(String topic, int partition, long sequence) {
    return new Token(new TreeMap<>(Map.of(new TopicPartitionName(topic, partition), sequence)));
  }

  /** The maximum of both for each partition. */
  public Token merge(Token other) {
    if (sequences.isEmpty() || other.sequences.isEmpty()) {
      return sequences.isEmpty() ? other : this;
    }
    var merged = new TreeMap<>(sequences);
    other.sequences.forEach((partition, sequence) -> merged.merge(partition, sequence, Math::max));
    return new Token(merged);
  }

  public String text() {
    var joined = new StringBuilder();
    sequences.forEach(
        (partition, sequence) -> {
          if (!joined.isEmpty()) {
            joined.append(',');
          }
          joined.append(partition.topic()).append('/').append(partition.partition());
          joined.append('=').append(sequence.longValue());
        });
    byte[] bytes = joined.toString().getBytes(StandardCharsets.UTF_8);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The token in this text, or empty when it is not exactly the text of one. Whether its topics
   * exist is for the reader to check.
   */
  public static Optional<Token> parse(String text) {
    if (text.length() > MAX_LENGTH || !text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
      return parts(new String(bytes, StandardCharsets.UTF_8))
          .filter(token -> token.text().equals(text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<Token> parts(String joined) {
    var sequences = new TreeMap<TopicPartitionName, Long>();
    if (joined.isEmpty()) {
      return Optional.of(EMPTY);
    }
    for (String part : joined.split(",", -1)) {
      int slash = part.indexOf('/');
      int equals = part.indexOf('=', slash + 1);
      if (slash <= 0 || equals < 0) {
        return Optional.empty();
      }
      int partition = Integer.parseInt(part.substring(slash + 1, equals));
      long sequence = Long.parseLong(part.substring(equals + 1));
      if (partition < 0 || sequence < 0) {
        return Optional.empty();
      }
      sequences.put(new TopicPartitionName(part.substring(0, slash), partition), sequence);
    }
    return Optional.of(new Token(sequences));
  }

  @Override
  public String toString() {
    return text();
  }
}
