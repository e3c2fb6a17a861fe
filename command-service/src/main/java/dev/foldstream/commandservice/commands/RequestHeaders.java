package dev.foldstream.commandservice.commands;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.host.requests.Preferences;
import dev.foldstream.kernel.AggregateId;
import io.micronaut.http.HttpHeaders;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says in headers.
 *
 * @param commandId the caller's, or a new one
 * @param correlationId the caller's, or the command id
 */
record RequestHeaders(
    String commandId,
    @Nullable Long expectedVersion,
    String correlationId,
    @Nullable String causationId,
    @Nullable String traceParent,
    Preferences preferences) {

  private static final Pattern ENTITY_TAG = Pattern.compile("\"(\\d{1,18})\"");
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  static RequestHeaders read(HttpHeaders headers) {
    String key = id(headers, FoldstreamHeaders.IDEMPOTENCY_KEY);
    String commandId = key == null ? newId() : key;
    String correlation = id(headers, FoldstreamHeaders.CORRELATION_ID);
    return new RequestHeaders(
        commandId,
        expectedVersion(headers),
        correlation == null ? commandId : correlation,
        id(headers, FoldstreamHeaders.CAUSATION_ID),
        traceParent(headers),
        Preferences.read(headers.getAll(FoldstreamHeaders.PREFER)));
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  private static @Nullable String id(HttpHeaders headers, String name) {
    String id = headers.get(name);
    if (id == null) {
      return null;
    }
    Optional<String> fault = AggregateId.fault(id);
    if (fault.isPresent()) {
      throw invalid(name, fault.get());
    }
    return id;
  }

  private static @Nullable Long expectedVersion(HttpHeaders headers) {
    String tag = headers.get(HttpHeaders.IF_MATCH);
    if (tag == null) {
      return null;
    }
    var match = ENTITY_TAG.matcher(tag.strip());
    if (!match.matches()) {
      throw invalid(
          HttpHeaders.IF_MATCH,
          "wanted the expected version in quotes, \"3\"; found '%s'".formatted(tag));
    }
    return Long.valueOf(match.group(1));
  }

  /** One of another form is ignored, as its specification demands. */
  private static @Nullable String traceParent(HttpHeaders headers) {
    String trace = headers.get(FoldstreamHeaders.TRACE_PARENT);
    return trace != null && TRACE_PARENT.matcher(trace).matches() ? trace : null;
  }

  private static ProblemException invalid(String header, String detail) {
    return new ProblemException(
            ProblemType.INVALID_REQUEST, "The header %s is not valid: %s".formatted(header, detail))
        .fault(Fault.header(header, detail));
  }
}
