package dev.foldstream.queryservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostPagesTest {

  @Test
  void the_interface_describes_itself() throws Exception {
    try (var host = QueryHost.start()) {
      var page = host.get("/swagger-ui");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(host.get("/swagger-ui/res/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
      var described = host.get("/swagger/foldstream-query-service-v1.yml");
      assertThat(described.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("/swagger/foldstream-query-service-v1.yml");
      assertThat(described.body())
          .contains(List.of("/views:", "/views/{view}:", "/views/{view}/{key}:", "/search/{view}:"))
          .contains("type: integer", "maximum: 1000", "type: string", "name: filters")
          .contains("application/problem+json", "Foldstream-Token", "If-None-Match");
    }
  }

  @Test
  void nothing_is_served_beside_it() throws Exception {
    try (var host = QueryHost.start()) {
      host.problem(404, "not-found", host.get("/"));
      host.problem(404, "not-found", host.get("/swagger-ui/../application.yml"));
      host.problem(404, "not-found", host.get("/swagger/%2e%2e/%2e%2e/application.yml"));
      host.problem(
          405,
          "method-not-allowed",
          host.request("/views").POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")));
    }
  }
}
