package dev.foldstream.queryservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Takes every index away, so that no test finds what another one wrote. */
final class EmptyElasticsearch {

  private final HttpClient client;
  private final URI address;

  private EmptyElasticsearch(HttpClient client, URI address) {
    this.client = client;
    this.address = address;
  }

  static void at(URI address) {
    try (var client = HttpClient.newHttpClient()) {
      var empty = new EmptyElasticsearch(client, address);
      for (String index : empty.send("GET", "/_cat/indices?h=index").body().lines().toList()) {
        if (!index.isBlank() && !index.startsWith(".")) {
          assertThat(empty.send("DELETE", "/" + index).statusCode()).as(index).isEqualTo(200);
        }
      }
    } catch (IOException failed) {
      throw new IllegalStateException("Elasticsearch at " + address + " does not answer", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", interrupted);
    }
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
