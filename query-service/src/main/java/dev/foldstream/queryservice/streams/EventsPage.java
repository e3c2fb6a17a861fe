package dev.foldstream.queryservice.streams;

import dev.foldstream.viewstore.journal.JournalEntry;
import dev.foldstream.viewstore.journal.JournalReader;
import io.micronaut.http.HttpParameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a stream are asked for. A cursor says where the page before ended, of which
 * stream and in which order; it is refused elsewhere. The text is {@code e1.} and Base64; these are
 * the stored form.
 *
 * @param from the first version of the page, in its order
 */
record EventsPage(Stream stream, boolean backwards, long from, int limit) {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 1000;

  private static final String PREFIX = "e1.";
  private static final Set<String> KNOWN = Set.of("from", "order", "limit", "cursor");

  static EventsPage read(Stream stream, HttpParameters given) {
    var parameters = new StreamParameters(given, KNOWN);
    boolean backwards = backwards(parameters.text("order"));
    int limit = (int) parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    String cursor = parameters.text("cursor");
    long from = parameters.number("from", backwards ? Long.MAX_VALUE : 1, 1, Long.MAX_VALUE);
    if (cursor == null) {
      return new EventsPage(stream, backwards, from, limit);
    }
    if (parameters.text("from") != null) {
      throw StreamParameters.invalid(
          "from", "a page begins at 'from' or goes on at 'cursor'; found both");
    }
    return new EventsPage(stream, backwards, version(cursor, stream, backwards), limit);
  }

  private static boolean backwards(@Nullable String order) {
    return switch (order) {
      case null -> false;
      case "asc" -> false;
      case "desc" -> true;
      default ->
          throw StreamParameters.invalid(
              "order",
              "order is asc or desc; found '%s'".formatted(StreamParameters.shortened(order)));
    };
  }

  private static long version(String cursor, Stream stream, boolean backwards) {
    try {
      if (cursor.startsWith(PREFIX)) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor.substring(PREFIX.length()));
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
        if (parts.length == 3 && parts[0].equals(stream.toString())) {
          if (parts[1].equals(word(backwards))) {
            return Math.max(1, Long.parseLong(parts[2]));
          }
          throw StreamParameters.invalid(
              "cursor", "a cursor goes with the order it was made with; this one has another");
        }
      }
    } catch (IllegalArgumentException notBase64OrNumber) {
      // Told below, with all that is none.
    }
    throw StreamParameters.invalid(
        "cursor", "a cursor is the text of 'next' in an answer of this stream; this is none");
  }

  private static String word(boolean backwards) {
    return backwards ? "desc" : "asc";
  }

  /** The entries of the page, and one more when there is a next one. */
  List<JournalEntry> read(JournalReader entries) {
    return backwards
        ? entries.backFrom(stream.topic(), stream.id(), from, limit + 1)
        : entries.from(stream.topic(), stream.id(), from, limit + 1);
  }

  /** The cursor of the page that begins with this entry. */
  String cursor(JournalEntry entry) {
    String text = stream + " " + word(backwards) + " " + entry.version();
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
