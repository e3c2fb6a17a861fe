package dev.foldstream.commandservice;

import static dev.foldstream.commandservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KafkaAwayTest {

  private static final String PATH = "/commands/commerce/stock/away-1/ReceiveStock";
  private static final String BODY = "{\"quantity\":1}";

  @Test
  void without_kafka_a_command_is_a_503_and_with_it_again_all_goes_on_by_itself() {
    var kafka = DevServices.shared().kafka();
    try (var service = new RunningService()) {
      assertThat(service.post(PATH, BODY).statusCode()).isEqualTo(200);
      kafka.kill();
      try {
        var response = service.post(PATH, BODY, "Prefer", "wait=3", "Idempotency-Key", "once");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(json(response).path("type").asText()).endsWith("/kafka-unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(response).path("commandId").asText()).isEqualTo("once");
      } finally {
        kafka.start();
      }
      Awaitility.await()
          .atMost(RunningService.PATIENCE)
          .until(() -> service.post(PATH, BODY, "Idempotency-Key", "once").statusCode() == 200);
      service.awaitHealthy();
      var after = service.post(PATH, BODY, "Idempotency-Key", "twice");
      assertThat(json(after).path("version").asLong()).isEqualTo(3);
    }
  }
}
