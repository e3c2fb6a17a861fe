package dev.foldstream.host.requests;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a caller prefers (RFC 7240). Preferences of other names are ignored, as the RFC demands.
 *
 * @param patience how long the caller would wait, or empty when it does not say
 * @param respondAsync whether it would rather not wait
 * @param count how well the rows that meet a query are to be counted: {@code exact} or {@code
 *     estimated}
 */
public record Preferences(
    Optional<Duration> patience, boolean respondAsync, Optional<String> count) {

  public static final Preferences NONE = new Preferences(Optional.empty(), false, Optional.empty());

  private static final Set<String> COUNTS = Set.of("exact", "estimated");

  private static final Pattern SECONDS = Pattern.compile("\"?(\\d{1,5})(\\.\\d{1,3})?\"?");

  /** Reads all {@code Prefer} headers of a request; of a repeated preference the first counts. */
  public static Preferences read(List<String> headers) {
    var found = NONE;
    for (String header : headers) {
      for (String preference : header.split(",", -1)) {
        found = found.with(preference.strip());
      }
    }
    return found;
  }

  /** The wait that is granted: what was asked for, but at most {@code most}. */
  public Duration patience(Duration otherwise, Duration most) {
    Duration asked = patience.orElse(otherwise);
    return asked.compareTo(most) > 0 ? most : asked;
  }

  private Preferences with(String preference) {
    int parameters = preference.indexOf(';');
    String plain = parameters < 0 ? preference : preference.substring(0, parameters).strip();
    int equals = plain.indexOf('=');
    String name =
        (equals < 0 ? plain : plain.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
    if (name.equals("respond-async")) {
      return new Preferences(patience, true, count);
    }
    String value = equals < 0 ? "" : plain.substring(equals + 1).strip();
    if (name.equals("wait") && patience.isEmpty()) {
      return new Preferences(Optional.of(seconds(value)), respondAsync, count);
    }
    if (name.equals("count") && count.isEmpty()) {
      return new Preferences(patience, respondAsync, Optional.of(value).filter(COUNTS::contains));
    }
    return this;
  }

  private static Duration seconds(String value) {
    var match = SECONDS.matcher(value);
    if (!match.matches()) {
      String detail = "wait is a number of seconds, wait=2; found '%s'".formatted(value);
      throw new ProblemException(ProblemType.INVALID_REQUEST, detail)
          .fault(Fault.header(FoldstreamHeaders.PREFER, detail));
    }
    String fraction = match.group(2) == null ? "0" : "0" + match.group(2);
    long millis = Math.round(Double.parseDouble(fraction) * 1000);
    return Duration.ofSeconds(Long.parseLong(match.group(1))).plusMillis(millis);
  }
}
