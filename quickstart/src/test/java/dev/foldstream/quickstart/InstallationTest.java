package dev.foldstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.parts.Part;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

  private static final String ORDER =
      """
      {"customerId": "ada", "currency": "EUR",
       "lines": [{"sku": "lamp", "quantity": 2, "unitPrice": 19.90}]}
      """;

  @Test
  void an_order_is_placed_and_still_known_after_everything_was_stopped(@TempDir Path directory)
      throws Exception {
    try (var installation = start(directory)) {
      var placed = place(installation.commandService().uri());
      assertThat(placed.statusCode()).as(placed.body()).isEqualTo(200);
      assertThat(placed.headers().firstValue("Foldstream-Token")).isPresent();
      assertThatThrownBy(installation::projector).hasMessageContaining("PROJECTOR");
    }
    try (var installation = start(directory)) {
      var another = installation.startAnother(Host.COMMAND_SERVICE);
      assertThat(another.name()).isEqualTo("command-service-2");
      assertThat(another.port()).isNotEqualTo(installation.commandService().port());
      installation.commandService().kill();
      assertThat(place(another.uri(), "{\"reason\": \"late\"}", "CancelOrder").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void a_host_that_refuses_to_start_ends_the_others_and_says_why(@TempDir Path directory) {
    var installation =
        Installation.builder(directory)
            .hosts(Host.COMMAND_SERVICE)
            .environment(Map.of("FOLDSTREAM_TOPICS_PARTITIONS", "0"))
            .build();
    assertThatThrownBy(installation::start).hasMessageContaining("command-service");
    assertThat(installation.processes()).noneMatch(HostProcess::isRunning);
    assertThat(installation.services().service(Part.KAFKA).isRunning()).isFalse();
  }

  private static Installation start(Path directory) {
    return Installation.builder(directory).hosts(Host.COMMAND_SERVICE).start();
  }

  private static HttpResponse<String> place(URI commandService) throws Exception {
    return place(commandService, ORDER, "PlaceOrder");
  }

  private static HttpResponse<String> place(URI commandService, String body, String command)
      throws Exception {
    var request =
        HttpRequest.newBuilder(commandService.resolve("/commands/commerce/order/o-1/" + command))
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=20")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
