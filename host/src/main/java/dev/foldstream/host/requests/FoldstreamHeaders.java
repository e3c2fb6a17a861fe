package dev.foldstream.host.requests;

/** The names of headers in requests and answers. */
public final class FoldstreamHeaders {

  public static final String TOKEN = "Foldstream-Token";
  public static final String CORRELATION_ID = "Foldstream-Correlation-Id";
  public static final String CAUSATION_ID = "Foldstream-Causation-Id";
  public static final String VIEW_VERSION = "Foldstream-View-Version";
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  public static final String PREFER = "Prefer";
  public static final String PREFERENCE_APPLIED = "Preference-Applied";
  public static final String RETRY_AFTER = "Retry-After";
  public static final String TRACE_PARENT = "traceparent";

  private FoldstreamHeaders() {}
}
