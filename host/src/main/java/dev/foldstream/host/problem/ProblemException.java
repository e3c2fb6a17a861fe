package dev.foldstream.host.problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ends a request with a problem. It is an answer and not a bug: it has no stack trace and is not
 * logged.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String detail;
  private final transient List<Fault> faults = new ArrayList<>();
  private final transient Map<String, Object> members = new LinkedHashMap<>();
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  public ProblemException(ProblemType type, String detail) {
    super(type.uri() + ": " + detail, null, false, false);
    this.type = type;
    this.detail = detail;
  }

  public ProblemException fault(Fault fault) {
    faults.add(fault);
    return this;
  }

  public ProblemException faults(List<Fault> more) {
    faults.addAll(more);
    return this;
  }

  /** Adds a member beside the standard ones; numbers, texts, lists and maps of them. */
  public ProblemException member(String name, Object value) {
    members.put(name, value);
    return this;
  }

  public ProblemException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Tells the caller when to try again, in whole seconds and at least one. */
  public ProblemException retryAfter(Duration wait) {
    return header("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return detail;
  }

  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  /** The problem as the body of an answer. */
  public Problem problem(String instance) {
    return new Problem(
        type.uri(), type.title(), type.status(), detail, instance, faults, Map.copyOf(members));
  }
}
