package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.endtoend.Caller.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Topologies that the example ships, registered as the README shows it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TopologiesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PATH = "/topologies/high-value-orders";

  private static final String DEAR = "commerce.high-value-orders";
  private static final String SALES = "/topologies/sales-per-minute";

  private final Caller queries = SharedInstallation.queries();
  private final Caller topologies = SharedInstallation.topologies();
  private final Caller commands = SharedInstallation.commands();

  @Test
  void orders_of_high_value_are_written_to_its_topic_and_it_is_drawn() throws IOException {
    Answer registered = topologies.putYaml(PATH, shipped("high-value-orders"));
    assertThat(registered.status()).as(registered.body()).isIn(200, 201);
    await().atMost(PATIENCE).until(() -> state().equals("RUNNING"));
    String dear = Shop.newId("o");
    String cheap = Shop.newId("o");
    place(dear, "600.00");
    place(cheap, "4.00");

    await().atMost(PATIENCE).until(() -> keys(DEAR).contains(dear));
    assertThat(keys(DEAR)).doesNotContain(cheap);
    assertThat(topologies.get(PATH + "/diagram").body()).startsWith("<svg");
    assertThat(topologies.get("/health").status()).isEqualTo(200);
  }

  @Test
  void sales_per_minute_are_a_view_like_any_other_and_a_changed_version_is_built_beside_it()
      throws IOException {
    String document = shipped("sales-per-minute");
    Answer registered = topologies.putYaml(SALES, document);
    assertThat(registered.status()).as(registered.body()).isIn(200, 201);
    String sku = Shop.newId("sku");
    sell(sku);
    sell(sku);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(sold("", sku)).isEqualTo(2));

    JsonNode row = rows("", sku).get(0);
    assertThat(row.path("amount").asText()).isIn("5.00", "10.00");
    String key = sku + "%40" + row.path("windowStart").asText();
    Answer one = queries.get("/views/sales-per-minute/" + key);
    assertThat(one.json()).as(one.body()).isEqualTo(row);
    assertThat(one.header("ETag")).isNotEmpty();
    String token = one.header("Foldstream-Token");
    assertThat(queries.get("/views/sales-per-minute/" + key, "Foldstream-Token", token).status())
        .isEqualTo(200);
    assertThat(queries.get("/views/sales-per-minute?color=eq.red").status()).isEqualTo(400);
    assertThat(queries.get("/openapi.json").body()).contains("/views/sales-per-minute/{key}");
    JsonNode kept = SharedInstallation.projections().get("/projections/sales-per-minute").json();
    assertThat(kept.at("/state").asText()).isEqualTo("running");
    assertThat(kept.at("/versions/0/stores/0/ledger/complete").asBoolean()).isTrue();

    String changed = document.replace("pieces: event.pieces", "sold: event.pieces");
    Answer second = topologies.putYaml(SALES, changed);
    assertThat(second.json().path("change").asText()).as(second.body()).isEqualTo("NEW_STATE");
    String beside = "-v" + second.json().path("version").asInt();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(sold(beside, sku)).isEqualTo(2));
    assertThat(rows("", sku).get(0).has("pieces")).isTrue();
    Answer promoted = topologies.post(SALES + "/promote", "{}");
    assertThat(promoted.status()).as(promoted.body()).isEqualTo(200);
    await().atMost(PATIENCE).until(() -> rows("", sku).path(0).has("sold"));
    assertThat(sold("", sku)).isEqualTo(2);
    sell(sku);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(sold("", sku)).isEqualTo(3));
  }

  @Test
  void orders_are_enriched_from_views_of_domains_and_of_topologies() {
    Answer seen =
        topologies.putYaml(
            "/topologies/customers-seen",
            """
            foldstream: topology/1
            name: customers-seen
            sources:
              orders: {aggregate: commerce.order, events: [OrderPlaced]}
            steps:
              by: {from: orders, rekey: event.customerId}
              rows: {from: by, map: {customerId: key, at: ce.time}}
            sinks:
              view: {from: rows, view: customers-seen}
            """);
    assertThat(seen.status()).as(seen.body()).isEqualTo(201);
    String known =
        """
        foldstream: topology/1
        name: known-customers
        sources:
          orders: {aggregate: commerce.order, events: [OrderPlaced]}
          customers: {view: customer-orders}
          seen: {view: customers-seen}
        steps:
          spent: {from: orders, enrich: customers, key: event.customerId, missing: drop,
            fields: {customerId: event.customerId, before: found.orders}, keep: none}
          dated: {from: spent, enrich: seen, key: event.customerId, missing: drop,
            fields: {since: found.at}}
        sinks:
          out: {from: dated, topic: commerce.known-customers}
        """;
    await()
        .atMost(PATIENCE)
        .until(() -> topologies.putYaml("/topologies/known-customers", known).status() == 201);
    String customer = Shop.newId("c");
    List<String> placed = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              placed.add(order(customer, "lamp"));
              return keys("commerce.known-customers").stream().anyMatch(placed::contains);
            });
    JsonNode running = topologies.get("/topologies/known-customers").json().at("/running/0");
    assertThat(running.path("state").asText()).isEqualTo("RUNNING");
  }

  private void sell(String sku) {
    order("c-1", sku);
  }

  private String order(String customer, String sku) {
    String id = Shop.newId("o");
    Answer placed =
        commands.post(
            "/commands/commerce/order/" + id + "/PlaceOrder",
            """
            {"customerId": "%s", "currency": "EUR",
             "lines": [{"sku": "%s", "quantity": 2, "unitPrice": "2.50"}]}
            """
                .formatted(customer, sku));
    assertThat(placed.status()).as(placed.body()).isEqualTo(200);
    return id;
  }

  /** The rows of an article, in the live version or in one beside it. */
  private JsonNode rows(String version, String sku) {
    Answer found =
        queries.get(
            "/views/sales-per-minute%s?sku=eq.%s&order=windowStart".formatted(version, sku));
    return found.json().path("items");
  }

  /** Orders of an article: they may lie in two minutes. */
  private int sold(String version, String sku) {
    int sold = 0;
    for (JsonNode row : rows(version, sku)) {
      sold += row.path("orders").asInt();
    }
    return sold;
  }

  private String state() {
    return topologies.get(PATH).json().at("/running/0/state").asText();
  }

  private void place(String id, String unitPrice) {
    Answer placed =
        commands.post(
            "/commands/commerce/order/" + id + "/PlaceOrder",
            """
            {"customerId": "c-1", "currency": "EUR",
             "lines": [{"sku": "lamp", "quantity": 2, "unitPrice": "%s"}]}
            """
                .formatted(unitPrice));
    assertThat(placed.status()).as(placed.body()).isEqualTo(200);
  }

  private static List<String> keys(String topic) {
    String servers = SharedInstallation.running().services().kafka().bootstrapServers();
    return Log.records(servers, topic).stream().map(Log::key).toList();
  }

  private static String shipped(String name) throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("foldstream.root")));
    return Files.readString(
        root.resolve("commerce/src/main/resources/META-INF/topologies/commerce")
            .resolve(name + ".yaml"));
  }
}
