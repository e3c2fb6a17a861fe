package dev.foldstream.topology.build;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Headers that a record carries within a topology. Sinks take them off. */
public final class Marks {

  /** Where the record lies that this one was made of: {@code <topic>:<partition>:<offset>}. */
  public static final String AT = "foldstream_at";

  /** Of a record that is given to the topology again: how often it was. */
  public static final String REDRIVES = "foldstream_redrives";

  private static final RecordPointer NOWHERE = new RecordPointer("unknown", 0, 0);

  private Marks() {}

  /** A place, which is made a text only where a record leaves the process. */
  private record PlaceHeader(RecordPointer place) implements Header {

    @Override
    public String key() {
      return AT;
    }

    @Override
    public byte[] value() {
      return place.toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  static RecordPointer at(Headers headers) {
    Header header = headers.lastHeader(AT);
    if (header instanceof PlaceHeader(var place)) {
      return place;
    }
    if (header == null || header.value() == null) {
      return NOWHERE;
    }
    try {
      return RecordPointer.parse(new String(header.value(), StandardCharsets.UTF_8));
    } catch (RuntimeException _) {
      return NOWHERE;
    }
  }

  static int redrives(Headers headers) {
    String text = text(headers, REDRIVES);
    try {
      return text == null ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  static void setAt(Headers headers, RecordPointer place) {
    if (headers.lastHeader(AT) != null) {
      headers.remove(AT);
    }
    headers.add(new PlaceHeader(place));
  }

  static void set(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
