package dev.foldstream.commandservice.quarantine;

import dev.foldstream.eventstore.quarantine.QuarantinePage.Cursor;
import dev.foldstream.eventstore.quarantine.QuarantineState;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parameters of a list, read strictly. */
final class PageRequest {

  static final int USUAL_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  private static final int CURSOR_PARTS = 2;

  private PageRequest() {}

  static int limit(@Nullable Integer asked) {
    int limit = asked == null ? USUAL_LIMIT : asked;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit", "wanted a number from 1 to %d; found %d".formatted(MAX_LIMIT, limit));
    }
    return limit;
  }

  static @Nullable QuarantineState state(@Nullable String asked) {
    if (asked == null) {
      return null;
    }
    try {
      return QuarantineState.valueOf(asked.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      List<QuarantineState> states = Arrays.asList(QuarantineState.values());
      throw invalid("state", "wanted one of %s; found '%s'".formatted(states, asked));
    }
  }

  static String text(Cursor cursor) {
    String plain = cursor.setAsideAt() + " " + cursor.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  static @Nullable Cursor cursor(@Nullable String asked) {
    if (asked == null) {
      return null;
    }
    try {
      var plain = new String(Base64.getUrlDecoder().decode(asked), StandardCharsets.UTF_8);
      String[] parts = plain.split(" ", -1);
      if (parts.length == CURSOR_PARTS) {
        return new Cursor(Instant.parse(parts[0]), parts[1]);
      }
    } catch (IllegalArgumentException | DateTimeException foreign) {
      // Told below, like one of too many parts.
    }
    throw invalid("cursor", "wanted the member next of an earlier answer; found something else");
  }

  private static ProblemException invalid(String parameter, String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, parameter + ": " + detail)
        .fault(Fault.parameter(parameter, detail));
  }
}
