package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.endtoend.Caller.Answer;
import dev.foldstream.quickstart.Installation;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Orders are fulfilled by themselves: over HTTP in, over HTTP seen. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FulfilmentTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 20;

  private final Installation installation = SharedInstallation.fulfilling();
  private final Caller commands = new Caller(installation.commandService().uri());
  private final Caller queries = new Caller(installation.queryService().uri());
  private String order = "";
  private String sku = "";
  private String customer = "";

  @BeforeEach
  void another_order() {
    order = Shop.newId("o");
    sku = Shop.newId("s");
    customer = Shop.newId("c");
  }

  @Test
  void an_order_with_stock_and_money_is_confirmed_by_itself_and_dispatched_when_shipped() {
    stocked(5);
    money("100.00");
    placed(2);
    awaitStatus("CONFIRMED", "RUNNING");
    assertThat(row("stock-levels", sku).path("reserved").asInt()).isEqualTo(2);
    assertThat(row("account-balances", customer).path("balance").asText()).isEqualTo("60.20");
    shipped();
    awaitStatus("DISPATCHED", "DONE");
    awaitRow("stock-levels", sku, "onHand", "3");
    assertThat(row("order-details", order).path("status").asText()).isEqualTo("SHIPPED");
    Awaitility.await().atMost(PATIENCE).untilAsserted(this::storyIsTold);
  }

  /** What the order caused is a tree over all aggregates, and its row is explained. */
  private void storyIsTold() {
    JsonNode placed = queries.get("/streams/commerce/order/%s/events".formatted(order)).json();
    JsonNode first = placed.path("items").path(0);
    assertThat(first.at("/data/customerId").asText()).as(placed.toString()).isEqualTo(customer);
    JsonNode tree = queries.get("/streams/commands/" + first.path("commandId").asText()).json();
    JsonNode root = tree.path("items").path(0);
    assertThat(root.path("stream").asText()).as(tree.toString()).isEqualTo(order);
    assertThat(root.path("children").findValuesAsText("stream")).contains(sku, customer, order);
    assertThat(queries.get("/streams/commerce/order/%s/state".formatted(order)).body())
        .contains("\"version\":3");
    JsonNode story = queries.get("/views/order-details/%s/explain".formatted(order)).json();
    assertThat(story.path("complete").asBoolean()).as(story.toString()).isTrue();
    assertThat(story.path("same").asBoolean()).isTrue();
    assertThat(story.path("items")).hasSize(3);
  }

  @Test
  void an_order_without_stock_is_cancelled_with_the_reason() {
    stocked(1);
    money("100.00");
    placed(2);
    awaitStatus("CANCELLED", "COMPENSATED");
    assertThat(row("fulfilments", order).path("reason").asText()).contains("OUT_OF_STOCK");
    awaitRow("order-details", order, "status", "CANCELLED");
    assertThat(row("order-details", order).path("reason").asText()).contains("OUT_OF_STOCK");
    assertThat(row("account-balances", customer).path("balance").asText()).isEqualTo("100.00");
  }

  @Test
  void an_order_without_money_is_cancelled_and_its_stock_is_released() {
    stocked(5);
    money("1.00");
    placed(2);
    awaitStatus("CANCELLED", "COMPENSATED");
    assertThat(row("fulfilments", order).path("reason").asText()).contains("INSUFFICIENT_FUNDS");
    awaitRow("order-details", order, "status", "CANCELLED");
    awaitRow("stock-levels", sku, "reserved", "0");
  }

  @Test
  void a_fulfilment_that_failed_is_seen_and_goes_on_after_a_retry() {
    stocked(5);
    money("100.00");
    placed(2);
    awaitStatus("CONFIRMED", "RUNNING");
    // Somebody meddles: what was reserved is gone when the order is shipped.
    done("stock", sku, "ReleaseStock", "{\"orderId\": \"%s\"}".formatted(order));
    shipped();
    String path = "/processes/fulfilment/" + order;
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(commands.get(path).status()).isEqualTo(200));
    assertThat(commands.get("/processes/fulfilment?outcome=FAILED").body()).contains(order);
    done("stock", sku, "ReserveStock", "{\"orderId\": \"%s\", \"quantity\": 2}".formatted(order));
    Answer retried = commands.post(path + "/retry", "");
    assertThat(retried.status()).as(retried.body()).isEqualTo(202);
    assertThat(retried.header("Location")).isEqualTo(path);
    awaitStatus("DISPATCHED", "DONE");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(commands.get(path).status()).isEqualTo(404));
    assertThat(commands.post(path + "/retry", "").problem()).isEqualTo("not-possible-now");
    Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(count("DONE")).isPositive());
  }

  @Test
  void orders_in_flight_when_the_command_service_is_killed_are_each_fulfilled_once() {
    stocked(2 * MANY);
    money("10000.00");
    var lines =
        IntStream.range(0, MANY).mapToObj(this::line).collect(Collectors.joining("\n", "", "\n"));
    assertThat(commands.postLines(lines).status()).isEqualTo(200);
    installation.commandService().kill();
    installation.commandService().start();
    awaitRow("stock-levels", sku, "reserved", Integer.toString(2 * MANY));
    awaitRow("account-balances", customer, "balance", "9204.00");
    for (int i = 0; i < MANY; i++) {
      awaitRow("fulfilments", order + "-" + i, "step", "CONFIRMED");
    }
    String bootstrap = installation.services().kafka().bootstrapServers();
    Log accounts = Log.read(bootstrap, "commerce", "account");
    accounts.keepsItsPromises();
    assertThat(accounts.commands())
        .filteredOn(it -> Log.key(it).equals(customer))
        .filteredOn(it -> Log.text(it, "ce_principal").equals("process:fulfilment"))
        .as("each order is charged by one command")
        .hasSize(MANY);
  }

  private String line(int number) {
    return """
        {"domain": "commerce", "aggregate": "order", "id": "%s-%d", "command": "PlaceOrder", "data": \
        {"customerId": "%s", "currency": "EUR", \
        "lines": [{"sku": "%s", "quantity": 2, "unitPrice": "19.90"}]}}"""
        .formatted(order, number, customer, sku);
  }

  private int count(String outcome) {
    JsonNode items = commands.get("/processes").json().path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .filter(process -> process.path("name").asText().equals("fulfilment"))
        .mapToInt(process -> process.at("/counts/" + outcome).asInt())
        .sum();
  }

  private void stocked(int quantity) {
    done("stock", sku, "ReceiveStock", "{\"quantity\": %d}".formatted(quantity));
  }

  private void money(String amount) {
    done(
        "account",
        customer,
        "OpenAccount",
        "{\"owner\": \"Ada\", \"email\": \"ada@example.org\", \"currency\": \"EUR\"}");
    done("account", customer, "DepositMoney", "{\"amount\": \"%s\"}".formatted(amount));
  }

  private void placed(int quantity) {
    done(
        "order",
        order,
        "PlaceOrder",
        """
        {"customerId": "%s", "currency": "EUR",
         "lines": [{"sku": "%s", "quantity": %d, "unitPrice": "19.90"}]}
        """
            .formatted(customer, sku, quantity));
  }

  private void shipped() {
    done("order", order, "ShipOrder", "{\"carrier\": \"DHL\", \"trackingNumber\": \"1\"}");
  }

  private void done(String aggregate, String id, String command, String body) {
    Answer answer =
        commands.post("/commands/commerce/%s/%s/%s".formatted(aggregate, id, command), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private void awaitStatus(String step, String outcome) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode row = row("fulfilments", order);
              assertThat(row.path("step").asText()).as(row.toString()).isEqualTo(step);
              assertThat(row.path("outcome").asText()).isEqualTo(outcome);
            });
  }

  private void awaitRow(String view, String key, String column, String wanted) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(row(view, key).path(column).asText()).isEqualTo(wanted));
  }

  private JsonNode row(String view, String key) {
    return queries.get("/views/%s/%s".formatted(view, key)).json();
  }
}
