package dev.foldstream.queryservice.streams;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import io.micronaut.http.HttpParameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind the question mark: each name once, and no other names. */
final class StreamParameters {

  private static final int SHOWN = 100;

  private final HttpParameters parameters;

  StreamParameters(HttpParameters parameters, Set<String> known) {
    this.parameters = parameters;
    for (String name : parameters.names()) {
      if (!known.contains(name)) {
        throw invalid(
            shortened(name),
            "there is no parameter '%s' here; there are %s"
                .formatted(shortened(name), new TreeSet<>(known)));
      }
    }
  }

  @Nullable String text(String name) {
    List<String> values = parameters.getAll(name);
    if (values.size() > 1) {
      throw invalid(name, "'%s' is given once; found %d".formatted(name, values.size()));
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** A whole number from {@code least} to {@code most}. */
  long number(String name, long otherwise, long least, long most) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with those that are out of bounds.
    }
    String bound =
        most == Long.MAX_VALUE ? "from " + least : "from %d to %d".formatted(least, most);
    throw invalid(
        name, "%s is a whole number %s; found '%s'".formatted(name, bound, shortened(text)));
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notATime) {
      throw invalid(
          name,
          "%s is a time such as 2026-01-31T12:00:00Z; found '%s'".formatted(name, shortened(text)));
    }
  }

  static ProblemException invalid(String name, String detail) {
    return new ProblemException(ProblemType.INVALID_QUERY, detail)
        .fault(Fault.parameter(name, detail));
  }

  static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
