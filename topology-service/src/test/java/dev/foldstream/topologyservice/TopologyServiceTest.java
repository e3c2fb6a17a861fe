package dev.foldstream.topologyservice;

import static dev.foldstream.topologyservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.topologyservice.Orders.Given;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One service and one set of servers; each test registers topologies of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TopologyServiceTest {

  @SuppressWarnings("NullAway.Init")
  private static Orders orders;

  @SuppressWarnings("NullAway.Init")
  private static RunningService service;

  @BeforeAll
  static void start() {
    orders = Orders.prepared();
    service = new RunningService();
  }

  @AfterAll
  static void stop() {
    service.close();
    orders.close();
  }

  private static String filter(String name, String condition) {
    return """
    foldstream: topology/1
    name: %s
    sources:
      orders: {aggregate: commerce.order, events: [OrderPlaced]}
    steps:
      large: {from: orders, filter: "%s"}
      lines: {from: large, map: {customer: event.customerId, total: event.total}, type: Line}
    sinks:
      out: {from: lines, topic: test.%s}
    """
        .formatted(name, condition, name);
  }

  private static String sums(String name, String sum) {
    return """
    foldstream: topology/1
    name: %s
    sources:
      orders: {aggregate: commerce.order, events: [OrderPlaced]}
    steps:
      spent: {from: orders, by: event.customerId, aggregate: {count: count, total: {sum: "%s"}}, type: Spent}
    sinks:
      out: {from: spent, topic: test.%s}
    """
        .formatted(name, sum, name);
  }

  @Test
  @Order(1)
  void a_registered_filter_runs_and_is_shown() {
    HttpResponse<String> answer =
        service.put("/topologies/shown", filter("shown", "event.total >= decimal('100')"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(json(answer).path("change").asText()).isEqualTo("FIRST");
    orders.place("shown-1", "ada", "150.00");
    orders.place("shown-2", "ada", "50.00");
    service.awaitLive("shown", 1);
    orders.awaitGiven("test.shown", 1);
    assertThat(orders.given("test.shown").getFirst().value()).contains("ada");

    Awaitility.await()
        .atMost(RunningService.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode live = service.live("shown");
              assertThat(live.path("lagEvents").asLong(-1)).isBetween(0L, 6L);
              assertThat(step(live, "large").at("/dropped/FILTERED").asLong()).isPositive();
            });
    assertThat(service.get("/topologies/shown/diagram").body())
        .startsWith("<svg")
        .contains("large");
    assertThat(service.get("/topologies/shown/diagram", "Accept", "text/vnd.mermaid").body())
        .startsWith("flowchart LR");
    assertThat(service.get("/topologies/shown/description?format=text").body())
        .contains("Sub-topology: 0");
    JsonNode metrics = json(service.get("/topologies/shown/metrics")).at("/running/0");
    assertThat(metrics.path("processes").asInt()).isEqualTo(1);
    assertThat(metrics.at("/kafkaStreams").size()).isPositive();
    assertThat(service.get("/prometheus").body())
        .contains("foldstream_topology_records_total")
        .contains("topology=\"shown\"");
    assertThat(service.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(2)
  void the_same_text_makes_no_version_and_a_change_in_place_goes_on_exactly_where_it_was() {
    String text = filter("placed", "event.total >= decimal('1000')");
    assertThat(service.put("/topologies/placed?from=now", text).statusCode()).isEqualTo(201);
    service.awaitLive("placed", 1);
    orders.place("placed-1", "bea", "1500.00");
    orders.awaitGiven("test.placed", 1);
    assertThat(service.put("/topologies/placed", text).statusCode()).isEqualTo(200);

    HttpResponse<String> second =
        service.put("/topologies/placed", filter("placed", "event.total >= decimal('500')"));
    assertThat(json(second).path("change").asText()).as(second.body()).isEqualTo("IN_PLACE");
    service.awaitLive("placed", 2);
    orders.place("placed-2", "bea", "600.00");
    orders.awaitGiven("test.placed", 2);

    assertThat(service.post("/topologies/placed/rollback").statusCode()).isEqualTo(200);
    service.awaitLive("placed", 1);
    orders.place("placed-3", "bea", "600.00");
    orders.place("placed-4", "bea", "1600.00");
    orders.awaitGiven("test.placed", 3);
    assertThat(orders.given("test.placed"))
        .extracting(Given::key)
        .containsExactlyInAnyOrder("placed-1", "placed-2", "placed-4");
  }

  @Test
  @Order(3)
  void new_state_runs_beside_the_live_version_and_is_promoted() {
    assertThat(
            service.put("/topologies/summed?from=now", sums("summed", "event.total")).statusCode())
        .isEqualTo(201);
    service.awaitLive("summed", 1);
    orders.place("summed-1", "cleo", "10.00");
    orders.awaitGiven("test.summed", 1);
    HttpResponse<String> second =
        service.put("/topologies/summed?from=now", sums("summed", "event.total * decimal('2')"));
    assertThat(json(second).path("change").asText()).as(second.body()).isEqualTo("NEW_STATE");
    assertThat(json(second).path("role").asText()).isEqualTo("candidate");
    Awaitility.await()
        .atMost(RunningService.PATIENCE)
        .until(
            () ->
                json(service.get("/topologies/summed"))
                    .at("/running/1/state")
                    .asText()
                    .equals("RUNNING"));
    orders.place("summed-2", "cleo", "10.00");
    orders.awaitGiven("test.summed-v2", 1);
    orders.awaitGiven("test.summed", 2);

    HttpResponse<String> promoted = service.post("/topologies/summed/promote");
    assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(200);
    service.awaitLive("summed", 2);
    orders.place("summed-3", "cleo", "10.00");
    orders.awaitGiven("test.summed", 3);
    assertThat(orders.given("test.summed").getLast().value())
        .as("with the state of the candidate")
        .contains("\"count\": 2");
    assertThat(service.post("/topologies/summed/rollback").statusCode()).isEqualTo(200);
    assertThat(json(service.get("/topologies/summed")).path("candidate").asInt()).isEqualTo(1);
    assertThat(service.post("/topologies/summed/cancel").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(4)
  void what_is_wrong_is_told_with_its_place_and_nothing_is_stored() {
    HttpResponse<String> answer =
        service.put("/topologies/wrong", filter("wrong", "event.totl >= decimal('100')"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).path("type").asText()).endsWith("/invalid-topology");
    JsonNode fault = json(answer).at("/errors/0");
    assertThat(fault.path("pointer").asText()).isEqualTo("/steps/large/filter");
    assertThat(fault.path("column").asInt()).isPositive();
    assertThat(service.get("/topologies/wrong").statusCode()).isEqualTo(404);

    HttpResponse<String> checked =
        service.post("/topologies:check", "application/yaml", filter("wrong", "event.totl > 1"));
    assertThat(json(checked).path("valid").asBoolean(true)).isFalse();
    assertThat(service.put("/topologies/other", filter("wrong", "true")).statusCode())
        .isEqualTo(400);
    assertThat(service.get("/topologies/schema").body()).contains("$schema");
  }

  @Test
  @Order(5)
  void an_event_that_fails_is_set_aside_and_taken_again_when_the_topology_is_mended() {
    String broken = "divide(decimal('1'), event.total - decimal('13'), 2) > decimal('0')";
    HttpResponse<String> first =
        service.put("/topologies/failing?from=now", filter("failing", broken));
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    service.awaitLive("failing", 1);
    orders.place("failing-1", "dora", "13.00");
    orders.place("failing-2", "dora", "14.00");
    orders.awaitGiven("test.failing", 1);
    JsonNode one = json(service.get("/topologies/failing/quarantine")).at("/items/0");
    assertThat(one.path("step").asText()).isEqualTo("large");
    assertThat(one.path("key").asText()).isEqualTo("failing-1");
    assertThat(one.path("pointer").asText()).isEqualTo("/steps/large/filter");
    assertThat(one.path("cause").asText()).isNotEmpty();

    JsonNode dry = json(service.post("/topologies/failing/quarantine/redrive?dryRun=true"));
    assertThat(dry.path("redriven").size()).isEqualTo(1);
    assertThat(service.put("/topologies/failing", filter("failing", "true")).statusCode())
        .isEqualTo(201);
    service.awaitLive("failing", 2);
    JsonNode done = json(service.post("/topologies/failing/quarantine/redrive"));
    assertThat(done.path("redriven").size()).isEqualTo(1);
    orders.awaitGiven("test.failing", 2);
    assertThat(orders.given("test.failing")).extracting(Given::key).contains("failing-1");
    JsonNode after = json(service.get("/topologies/failing/quarantine?state=open"));
    assertThat(after.path("items").size()).isZero();
  }

  @Test
  @Order(6)
  void paused_is_kept_over_processes_and_a_closed_process_hands_over() {
    service.put("/topologies/shared?from=now", filter("shared", "true"));
    service.awaitLive("shared", 1);
    try (var second = new RunningService()) {
      second.awaitLive("shared", 1);
      assertThat(second.post("/topologies/shared/pause").statusCode()).isEqualTo(200);
      Awaitility.await()
          .atMost(RunningService.PATIENCE)
          .until(() -> json(service.get("/topologies/shared")).path("running").isEmpty());
      orders.place("shared-1", "eve", "1.00");
      assertThat(service.post("/topologies/shared/resume").statusCode()).isEqualTo(200);
      orders.awaitGiven("test.shared", 1);
      second.awaitLive("shared", 1);
    }
    for (int i = 2; i <= 8; i++) {
      orders.place("shared-" + i, "eve", "1.00");
    }
    orders.awaitGiven("test.shared", 8);
    assertThat(orders.given("test.shared")).extracting(Given::key).doesNotHaveDuplicates();
  }

  @Test
  @Order(7)
  void a_reset_reads_again_and_tells_before_how_much() {
    service.put("/topologies/again?from=now", filter("again", "event.customerId == 'fay'"));
    service.awaitLive("again", 1);
    orders.place("again-1", "fay", "1.00");
    orders.awaitGiven("test.again", 1);
    JsonNode planned = json(service.post("/topologies/again/reset?from=beginning&dryRun=true"));
    assertThat(planned.at("/readAgain/" + Orders.TOPIC).asLong()).isPositive();
    assertThat(planned.path("version").isNull()).isTrue();
    HttpResponse<String> done = service.post("/topologies/again/reset?from=beginning");
    assertThat(json(done).path("version").asInt()).as(done.body()).isEqualTo(2);
    orders.awaitGiven("test.again", 2);
  }

  @Test
  @Order(8)
  void a_preview_shows_what_would_come_out_and_what_differs() {
    service.put("/topologies/tried", filter("tried", "event.customerId == 'gus'"));
    orders.place("tried-1", "gus", "5.00");
    orders.place("tried-2", "gus", "50.00");
    String changed = filter("tried", "event.customerId == 'gus' && event.total > decimal('10')");
    HttpResponse<String> answer =
        service.post("/topologies/tried/preview?last=500", "application/yaml", changed);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).at("/outputs/out").size()).isEqualTo(1);
    assertThat(json(answer).at("/difference/sinks/out/missing").size()).isEqualTo(1);
    assertThat(json(answer).at("/steps/large/dropped/FILTERED").asLong()).isPositive();

    String given =
        """
        {"events": [{"aggregate": "commerce.order", "type": "OrderPlaced", "id": "o-1",
          "data": {"customerId": "gus", "currency": "EUR", "lines": [], "total": "7.00"}}]}
        """;
    HttpResponse<String> one = service.post("/topologies/tried/preview", "application/json", given);
    assertThat(json(one).at("/outputs/out/0/key").asText()).as(one.body()).isEqualTo("o-1");
  }

  @Test
  @Order(9)
  void changes_are_told_as_they_happen_and_a_deleted_topology_is_gone() throws Exception {
    service.put("/topologies/told?from=now", filter("told", "true"));
    service.awaitLive("told", 1);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(service.follow("/topologies/changes"), StandardCharsets.UTF_8))) {
      await(lines, "\"name\":\"told\"");
      HttpResponse<String> deleted = service.delete("/topologies/told?topics=delete");
      assertThat(json(deleted).path("deleted").toString()).as(deleted.body()).contains("test.told");
      await(lines, "\"state\":\"DELETED\"");
    }
    assertThat(service.get("/topologies/told").statusCode()).isEqualTo(404);
    HttpResponse<String> again = service.put("/topologies/told?from=now", filter("told", "true"));
    assertThat(json(again).path("version").asInt()).isEqualTo(2);
  }

  private static void await(BufferedReader lines, String wanted) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.contains(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
  }

  @Test
  @Order(10)
  void without_kafka_it_waits_and_with_it_again_everything_goes_on() {
    service.put("/topologies/away?from=now", filter("away", "event.customerId == 'hal'"));
    service.awaitLive("away", 1);
    orders.place("away-1", "hal", "1.00");
    orders.awaitGiven("test.away", 1);
    var kafka = DevServices.shared().kafka();
    kafka.kill();
    HttpResponse<String> answer = service.put("/topologies/later", filter("later", "true"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    kafka.start();
    Awaitility.await()
        .atMost(RunningService.PATIENCE)
        .ignoreExceptions()
        .until(() -> service.get("/health").statusCode() == 200);
    orders.place("away-2", "hal", "1.00");
    orders.awaitGiven("test.away", 2);
    assertThat(orders.given("test.away"))
        .extracting(Given::key)
        .containsExactlyInAnyOrder("away-1", "away-2");
  }

  private static JsonNode step(JsonNode run, String id) {
    for (JsonNode step : run.path("steps")) {
      if (step.path("id").asText().equals(id)) {
        return step;
      }
    }
    return run.path("none");
  }
}
