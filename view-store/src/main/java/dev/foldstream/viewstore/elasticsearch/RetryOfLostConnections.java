package dev.foldstream.viewstore.elasticsearch;

import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Asks again over another connection, and never after an answer: that is for the caller to do. */
final class RetryOfLostConnections extends DefaultHttpRequestRetryStrategy {

  @Override
  public boolean retryRequest(HttpResponse response, int attempts, HttpContext context) {
    return false;
  }
}
