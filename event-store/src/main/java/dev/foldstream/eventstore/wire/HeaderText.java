package dev.foldstream.eventstore.wire;

import dev.foldstream.eventstore.topics.RecordLimits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Headers as text: UTF-8, the last of a name counts, an empty or null one counts as absent. */
public final class HeaderText {

  private static final char REPLACEMENT = '\uFFFD';

  private HeaderText() {}

  static @Nullable String read(Headers headers, String name) throws InvalidHeaderException {
    return read(name, headers.lastHeader(name));
  }

  static @Nullable String read(String name, @Nullable Header header) throws InvalidHeaderException {
    if (header == null || header.value() == null || header.value().length == 0) {
      return null;
    }
    byte[] value = header.value();
    if (value.length > RecordLimits.MAX_HEADER_BYTES) {
      throw new InvalidHeaderException(
          name, "at most " + RecordLimits.MAX_HEADER_BYTES + " bytes", value.length + " bytes");
    }
    String text = textOrNull(value);
    if (text == null) {
      throw new InvalidHeaderException(name, "UTF-8 text", "other bytes");
    }
    return text;
  }

  /** The bytes as text, or null when they are not UTF-8. */
  public static @Nullable String textOrNull(byte[] bytes) {
    // Java's own reading is quick, and puts this character where it found no text. Making a decoder
    // for each header shows in a profile.
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  static String required(Headers headers, String name) throws InvalidHeaderException {
    String text = read(headers, name);
    if (text == null) {
      throw new InvalidHeaderException(name, "present", "none");
    }
    return text;
  }

  static long number(Headers headers, String name) throws InvalidHeaderException {
    return number(name, required(headers, name));
  }

  /** A whole number that is not negative. */
  static long number(String name, String text) throws InvalidHeaderException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with the negative ones.
    }
    throw new InvalidHeaderException(name, "a whole number from 0", quoted(text));
  }

  /** An instant with any offset, as CloudEvents allows. */
  static Instant time(String name, String text) throws InvalidHeaderException {
    Instant usual = UtcTime.parse(text);
    if (usual != null) {
      return usual;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notATime) {
      throw new InvalidHeaderException(name, "a time such as 2026-01-31T12:00:00Z", quoted(text));
    }
  }

  static void write(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  static String quoted(String text) {
    int shown = 100;
    return text.length() <= shown ? "'" + text + "'" : "'" + text.substring(0, shown) + "...'";
  }
}
