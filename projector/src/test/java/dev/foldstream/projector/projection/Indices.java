package dev.foldstream.projector.projection;

import dev.foldstream.devservices.DevServices;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Indices on the Elasticsearch of the tests. */
public final class Indices {

  private Indices() {}

  /** Those that are not there are passed over. */
  public static void delete(String... names) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      for (String name : names) {
        var address = URI.create(DevServices.shared().elasticsearch().url() + "/" + name);
        client.send(HttpRequest.newBuilder(address).DELETE().build(), BodyHandlers.discarding());
      }
    }
  }
}
