package dev.foldstream.topologyservice;

import static dev.foldstream.topologyservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A topology in Java goes the way of a document. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PartsTest {

  private static final String TEXT = "{foldstream: part/1, name: order-counts}";

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
    service.delete("/topologies/order-counts");
    service.close();
    orders.close();
  }

  @Test
  void it_is_registered_previewed_run_drawn_and_described() {
    assertThat(json(service.get("/topologies/parts")).at("/items/0/name").asText())
        .isEqualTo("order-counts");
    orders.place("part-0", "pia", "1.00");
    HttpResponse<String> preview =
        service.post("/topologies/order-counts/preview?last=1000", "application/yaml", TEXT);
    assertThat(json(preview).at("/outputs/out").size()).as(preview.body()).isPositive();

    HttpResponse<String> first = service.put("/topologies/order-counts?from=now", TEXT);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(json(first).at("/plan/stores/0/name").asText()).isEqualTo("counted-store");
    assertThat(service.put("/topologies/order-counts", TEXT).statusCode())
        .as("the same code makes no version")
        .isEqualTo(200);
    service.awaitLive("order-counts", 1);
    orders.place("part-1", "pia", "1.00");
    orders.place("part-2", "pia", "1.00");
    orders.awaitGiven(OrderCounts.OUTPUT, 2);
    assertThat(orders.given(OrderCounts.OUTPUT).getLast())
        .isEqualTo(new Orders.Given("pia", "{\"orders\": 2}"));

    assertThat(service.get("/topologies/order-counts/diagram").body())
        .startsWith("<svg")
        .contains("counted");
    assertThat(service.get("/topologies/order-counts/description?format=text").body())
        .contains("counted-store");
    assertThat(json(service.get("/topologies/parts")).at("/items/0/registered").asBoolean())
        .isTrue();
  }

  @Test
  void other_code_than_was_registered_and_parts_that_are_not_installed_are_refused() {
    String other =
        """
        {"foldstream": "part/1", "name": "order-counts", "revision": 7, "fingerprint":
          {"whole": "other", "sources": {}, "states": {}, "layout": "", "outputs": {}}}
        """;
    HttpResponse<String> changed = service.put("/topologies/order-counts", other);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(400);
    assertThat(json(changed).at("/errors/0/pointer").asText()).isEqualTo("/fingerprint");
    HttpResponse<String> unknown =
        service.put("/topologies/order-count", "{foldstream: part/1, name: order-count}");
    assertThat(json(unknown).at("/errors/0/pointer").asText()).isEqualTo("/name");
    assertThat(unknown.body()).contains("order-counts");
    assertThat(service.put("/topologies/x", "{foldstream: part/1, name: x, sink: y}").statusCode())
        .isEqualTo(400);
  }
}
