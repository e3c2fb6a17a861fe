package dev.foldstream.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * HTTP with a limit on everything: time to connect, time of a request, tries, time between them.
 */
final class RegistryRequests {

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  static final int MAX_TRIES = 5;
  static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_SERVER_FAULT = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String baseUrl;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  RegistryRequests(URI baseUrl) {
    var text = baseUrl.toString();
    this.baseUrl = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** What the registry said. */
  record Answer(URI address, int status, JsonNode body) {

    /** The body of an answer that has to have this status. */
    JsonNode expect(int wanted) {
      if (status != wanted) {
        throw new SchemaRegistryUnavailableException(
            address, "status %d: %s".formatted(status, message()), null);
      }
      return body;
    }

    /** A member that such an answer has to have. */
    JsonNode expect(int wanted, String member) {
      var found = expect(wanted).path(member);
      if (found.isMissingNode()) {
        throw new SchemaRegistryUnavailableException(
            address, "status %d without %s".formatted(status, member), null);
      }
      return found;
    }

    String message() {
      return body.path("message").asText(body.toString());
    }
  }

  Answer get(String path) {
    return send(request(path).GET().build());
  }

  Answer post(String path, JsonNode body) {
    return send(request(path).POST(BodyPublishers.ofString(body.toString())).build());
  }

  Answer put(String path, JsonNode body) {
    return send(request(path).PUT(BodyPublishers.ofString(body.toString())).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .timeout(REQUEST_TIMEOUT)
        .header("Content-Type", MEDIA_TYPE)
        .header("Accept", MEDIA_TYPE + ", application/json");
  }

  /** All requests may be repeated: the second registration of a schema is the first one. */
  private Answer send(HttpRequest request) {
    var pause = FIRST_PAUSE;
    for (int tries = 1; ; tries++) {
      try {
        var answer = sendOnce(request);
        if (!isPassing(answer.status()) || tries == MAX_TRIES) {
          return answer;
        }
      } catch (IOException fault) {
        if (tries == MAX_TRIES) {
          throw new SchemaRegistryUnavailableException(
              request.uri(), "%s in %d tries".formatted(fault, tries), fault);
        }
      }
      rest(pause, request);
      pause = pause.multipliedBy(2);
    }
  }

  private Answer sendOnce(HttpRequest request) throws IOException {
    try {
      var response = client.send(request, BodyHandlers.ofByteArray());
      return new Answer(request.uri(), response.statusCode(), json(response.body()));
    } catch (InterruptedException fault) {
      throw interrupted(request, fault);
    }
  }

  private static boolean isPassing(int status) {
    return status == TOO_MANY_REQUESTS || status >= FIRST_SERVER_FAULT;
  }

  private static JsonNode json(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }

  private static void rest(Duration pause, HttpRequest request) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException fault) {
      throw interrupted(request, fault);
    }
  }

  private static SchemaRegistryUnavailableException interrupted(
      HttpRequest request, InterruptedException fault) {
    Thread.currentThread().interrupt();
    return new SchemaRegistryUnavailableException(request.uri(), "an interruption", fault);
  }
}
