package dev.foldstream.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.parts.SchemaRegistryServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class SchemaRegistryServerTest {

  private static final String SCHEMA =
      """
      {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Lamp\\",\\"fields\\":[%s]}"}
      """;
  private static final String NAME = "{\\\"name\\\":\\\"name\\\",\\\"type\\\":\\\"string\\\"}";
  private static final String WATTS = "{\\\"name\\\":\\\"watts\\\",\\\"type\\\":\\\"int\\\"}";

  private final SchemaRegistryServer registry = DevServices.shared().registry();

  @Test
  void an_id_that_was_given_away_survives_a_kill() throws Exception {
    var registered = post("/subjects/lamp/versions", SCHEMA.formatted(NAME));
    assertThat(registered.statusCode()).isEqualTo(200);
    String id = registered.body().replaceAll("[^0-9]", "");
    registry.kill();
    registry.start();
    assertThat(get("/schemas/ids/" + id).body()).contains("Lamp");
  }

  @Test
  void an_incompatible_schema_is_refused_by_default() throws Exception {
    assertThat(get("/config").body()).contains("BACKWARD");
    post("/subjects/bulb/versions", SCHEMA.formatted(NAME));
    var incompatible = post("/subjects/bulb/versions", SCHEMA.formatted(NAME + "," + WATTS));
    assertThat(incompatible.statusCode()).isEqualTo(409);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(registry.url() + path)));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
