package dev.foldstream.viewstore.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.rows.RowJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/** JSON to Elasticsearch and back, with the limits of every call. Thread-safe. */
final class ElasticsearchHttp implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration CONNECTION_LEASE_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_CONNECTIONS = 20;
  private static final ContentType NDJSON = ContentType.create("application/x-ndjson");

  /**
   * Not let in, blocked (a full disk), timed out, too many requests, away: the same may succeed
   * later.
   */
  private static final Set<Integer> TRY_LATER = Set.of(401, 403, 408, 429, 502, 503, 504);

  private final URI address;
  private final Rest5Client client;

  ElasticsearchHttp(URI address) {
    this.address = address;
    this.client =
        Rest5Client.builder(address)
            .setRequestConfigCallback(
                config ->
                    config
                        .setConnectionRequestTimeout(timeout(CONNECTION_LEASE_TIMEOUT))
                        .setResponseTimeout(timeout(RESPONSE_TIMEOUT)))
            .setConnectionConfigCallback(
                config ->
                    config
                        .setConnectTimeout(timeout(CONNECT_TIMEOUT))
                        .setSocketTimeout(timeout(RESPONSE_TIMEOUT)))
            .setHttpClientConfigCallback(
                http -> http.setRetryStrategy(new RetryOfLostConnections()))
            .setConnectionManagerCallback(
                manager ->
                    manager.setMaxConnTotal(MAX_CONNECTIONS).setMaxConnPerRoute(MAX_CONNECTIONS))
            .build();
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.ofMilliseconds(duration.toMillis());
  }

  /** What Elasticsearch said, also when it refused. */
  record Answer(int status, JsonNode body) {

    boolean ok() {
      return status < 300;
    }

    boolean notFound() {
      return status == 404;
    }

    String error() {
      JsonNode error = body.path("error");
      return status
          + " "
          + error.path("type").asText("")
          + ": "
          + error.path("reason").asText(body.toString());
    }
  }

  Answer get(String path) {
    return perform(new Request("GET", path));
  }

  Answer post(String path) {
    return perform(new Request("POST", path));
  }

  Answer delete(String path) {
    return perform(new Request("DELETE", path));
  }

  Answer send(String method, String path, JsonNode body) {
    Request request = new Request(method, path);
    request.setEntity(entity(body.toString(), ContentType.APPLICATION_JSON));
    return perform(request);
  }

  /** Lines of JSON, each with its line end. */
  Answer bulk(String path, String lines) {
    Request request = new Request("POST", path);
    request.setEntity(entity(lines, NDJSON));
    return perform(request);
  }

  /** The same, with 429 as an answer. */
  Answer bulkOrTurnedAway(String path, String lines) {
    Request request = new Request("POST", path);
    request.setEntity(entity(lines, NDJSON));
    Answer answer = ask(request);
    return answer.status() == 429 ? answer : taken(request, answer);
  }

  private static HttpEntity entity(String text, ContentType type) {
    return new ByteArrayEntity(text.getBytes(StandardCharsets.UTF_8), type);
  }

  private Answer perform(Request request) {
    return taken(request, ask(request));
  }

  private Answer ask(Request request) {
    try {
      return answer(client.performRequest(request));
    } catch (ResponseException refused) {
      return refusal(request, refused);
    } catch (IOException away) {
      throw unavailable(request, String.valueOf(away.getMessage()), away);
    }
  }

  private Answer taken(Request request, Answer answer) {
    if (TRY_LATER.contains(answer.status())) {
      throw unavailable(request, answer.error(), new IOException(answer.error()));
    }
    return answer;
  }

  private Answer refusal(Request request, ResponseException refused) {
    try {
      return answer(refused.getResponse());
    } catch (IOException away) {
      throw unavailable(request, String.valueOf(away.getMessage()), away);
    }
  }

  private static Answer answer(Response response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer(response.getStatusCode(), RowJson.object());
    }
    try (var content = entity.getContent()) {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(
          response.getStatusCode(),
          text.startsWith("{") ? RowJson.tree(text) : RowJson.object().put("text", text));
    }
  }

  private ViewStoreUnavailableException unavailable(
      Request request, String found, Exception cause) {
    return new ViewStoreUnavailableException(
        "wanted to %s %s at Elasticsearch %s; found %s"
            .formatted(request.getMethod(), request.getEndpoint(), address, found),
        cause);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException ignored) {
      // The client is given up either way.
    }
  }
}
