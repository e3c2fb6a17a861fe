package dev.foldstream.queryservice.answers;

import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.queryservice.limits.CostSettings;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The headers of every answer made of rows: the token, the tag, and how long it may be kept. By
 * default it may be kept and must be asked for again each time, which costs a 304.
 */
@Singleton
public final class AnswerHeaders {

  private final String cacheControl;

  AnswerHeaders(CostSettings settings) {
    Duration maxAge = settings.maxAge();
    this.cacheControl =
        maxAge.isZero() ? "private, no-cache" : "private, max-age=" + maxAge.toSeconds();
  }

  /** The answer with this body, or 304 when the caller holds it already. */
  public MutableHttpResponse<byte[]> answer(
      HttpRequest<?> request, byte[] body, String tag, String token) {
    MutableHttpResponse<byte[]> answer =
        EntityTags.held(request.getHeaders(), tag)
            ? HttpResponse.notModified()
            : HttpResponse.ok(body);
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, cacheControl)
        .header(FoldstreamHeaders.TOKEN, token);
  }
}
