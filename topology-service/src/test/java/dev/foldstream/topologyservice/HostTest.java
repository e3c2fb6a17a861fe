package dev.foldstream.topologyservice;

import static dev.foldstream.topologyservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the host serves while nothing is registered. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostTest {

  @SuppressWarnings("NullAway.Init")
  private static RunningService service;

  @BeforeAll
  static void start() {
    service = new RunningService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void health_metrics_and_the_description_are_served() {
    assertThat(service.get("/health").statusCode()).isEqualTo(200);
    assertThat(service.get("/prometheus").body()).contains("foldstream_topologies");
    assertThat(service.get("/swagger-ui").statusCode()).isEqualTo(200);
  }

  @Test
  void a_document_that_is_not_valid_is_refused_and_nothing_is_stored() {
    var answer = service.put("/topologies/nothing", "name: nothing");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).path("type").asText()).endsWith("/invalid-topology");
    assertThat(json(answer).path("errors").size()).isPositive();
    assertThat(service.get("/topologies/nothing").statusCode()).isEqualTo(404);
    var checked = service.post("/topologies:check", "application/yaml", "name: nothing");
    assertThat(json(checked).path("valid").asBoolean(true)).isFalse();
  }

  @Test
  void what_is_not_registered_cannot_be_changed() {
    for (String action : new String[] {"pause", "resume", "rollback", "cancel", "promote"}) {
      var answer = service.post("/topologies/none/" + action);
      assertThat(answer.statusCode()).as(action + answer.body()).isEqualTo(404);
      assertThat(json(answer).path("type").asText()).endsWith("/unknown-topology");
    }
    assertThat(service.get("/topologies/none/diagram").statusCode()).isEqualTo(404);
    assertThat(service.delete("/topologies/none").statusCode()).isEqualTo(404);
  }
}
