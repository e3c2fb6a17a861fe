package dev.foldstream.queryservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
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
      assertThat(page.body()).contains("/openapi.json");
      JsonNode described = host.json("/openapi.json");
      assertThat(described.path("openapi").asText()).startsWith("3.0");
      assertThat(described.path("paths").properties())
          .extracting(Map.Entry::getKey)
          .contains("/views", "/views/books", "/views/loans/{key}", "/search/books/suggest")
          .doesNotContain("/search/loans", "/search/shelves/suggest");
      JsonNode books = described.path("paths").path("/views/books").path("get");
      assertThat(books.path("parameters").findValuesAsText("name"))
          .contains("price", "copies.shelf", "order", "store");
      assertThat(described.at("/paths/~1views~1loans/get/parameters").findValuesAsText("name"))
          .contains("row.order", "row.limit");
      assertThat(described.at("/components/schemas/books/properties/price/type").asText())
          .isEqualTo("string");
      for (String reference : described.findValuesAsText("$ref")) {
        assertThat(described.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      }
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
