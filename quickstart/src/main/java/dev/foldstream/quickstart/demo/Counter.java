package dev.foldstream.quickstart.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Where the shop hands its commands in. */
final class Counter {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI commandService;

  Counter(URI commandService) {
    this.commandService = commandService;
  }

  /** The status of the answer, or that there was none. */
  String ask(String aggregate, String id, String command, String body) {
    var path = "/commands/commerce/%s/%s/%s".formatted(aggregate, id, command);
    var request =
        HttpRequest.newBuilder(commandService.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      return Integer.toString(answer.statusCode());
    } catch (IOException unreachable) {
      return "unreachable";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
