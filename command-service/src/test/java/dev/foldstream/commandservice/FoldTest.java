package dev.foldstream.commandservice;

import static dev.foldstream.commandservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.commandservice.workshop.WorkshopDomain;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The second release of the workshop counts every use twice. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldTest {

  private static final String FIFTY = "{\"times\":50}";
  private static final String ONE = "{\"times\":1}";
  private final String use = "/commands/workshop/tool/fold-" + UUID.randomUUID() + "/UseTool";

  @Test
  void a_new_meaning_of_state_is_folded_while_requests_are_answered_and_then_decided_on() {
    try (var old = new RunningService()) {
      assertThat(old.post(use, FIFTY).statusCode()).isEqualTo(200);
      JsonNode decider = json(old.get("/deciders/workshop.tool"));
      assertThat(decider.path("stateVersion").asInt()).isEqualTo(1);
      assertThat(decider.path("fold").path("state").asText()).isEqualTo("NOT_NEEDED");
    }
    CountDownLatch folding = WorkshopDomain.release(2);
    try (var service = new RunningService(Map.of())) {
      Awaitility.await().atMost(RunningService.PATIENCE).until(() -> foldState(service, "FOLDING"));
      assertWaiting(service);
      String later = storedForLater(service);
      folding.countDown();
      service.awaitHealthy();
      assertThat(foldState(service, "DONE")).isTrue();
      assertThat(json(service.get(later)).path("rejection").asText()).isEqualTo("TOO_OFTEN");
      assertThat(service.post(use, ONE).statusCode()).as("decided on twice fifty").isEqualTo(422);
      JsonNode decider = json(service.get("/deciders/tool"));
      assertThat(decider.path("stateVersion").asInt()).isEqualTo(2);
      assertThat(decider.path("applicationId").asText())
          .startsWith("workshop.tool.decisions-v2-")
          .endsWith(decider.path("fingerprint").asText());
      assertThat(decider.path("partitions")).hasSize(6);
      assertThat(decider.path("fold").path("eventsFolded").asLong()).isPositive();
      assertThat(service.get("/deciders/nothing").statusCode()).isEqualTo(404);
      assertThat(json(service.get("/deciders")).path("items")).hasSizeGreaterThan(3);
    } finally {
      folding.countDown();
      WorkshopDomain.release(1).countDown();
    }
  }

  private static boolean foldState(RunningService service, String state) {
    return json(service.get("/deciders/workshop.tool"))
        .path("fold")
        .path("state")
        .asText()
        .equals(state);
  }

  private void assertWaiting(RunningService service) {
    assertThat(service.get("/health").statusCode()).isEqualTo(503);
    assertThat(service.get("/health").body()).contains("FOLDING", "eventsToDo");
    var refused = service.post(use, ONE, "Prefer", "wait=1");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(json(refused).path("type").asText()).endsWith("/still-starting");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
  }

  private String storedForLater(RunningService service) {
    var stored = service.post(use, ONE, "Prefer", "respond-async");
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(202);
    return stored.headers().firstValue("Location").orElseThrow();
  }
}
