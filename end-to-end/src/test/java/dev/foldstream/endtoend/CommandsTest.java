package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.endtoend.Caller.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** From a command to a query, as the README shows it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandsTest {

  private final Caller commands = SharedInstallation.commands();
  private final Caller queries = SharedInstallation.queries();

  @Test
  void an_order_is_placed_and_read_back_with_the_token_of_the_answer() {
    String id = Shop.newId("o");

    Answer placed = Shop.place(id);

    assertThat(placed.status()).as(placed.body()).isEqualTo(200);
    assertThat(placed.json().path("outcome").asText()).isEqualTo("accepted");
    assertThat(placed.json().path("version").asLong()).isEqualTo(1);
    assertThat(placed.json().path("events").path(0).path("type").asText()).isEqualTo("OrderPlaced");
    assertThat(placed.json().path("token").asText()).isEqualTo(placed.header("Foldstream-Token"));
    assertThat(placed.header("ETag")).isEqualTo("\"1\"");
    Answer row = Shop.order(id, placed.header("Foldstream-Token"));
    assertThat(row.status()).as(row.body()).isEqualTo(200);
    assertThat(row.json().path("orderId").asText()).isEqualTo(id);
    assertThat(row.json().path("status").asText()).isEqualTo("PLACED");
    assertThat(row.json().path("total").asText()).isEqualTo("39.80");
    assertThat(row.json().path("total").isTextual()).isTrue();
    assertThat(row.header("Foldstream-Token")).isNotEmpty();
  }

  @Test
  void an_order_is_found_by_its_text_in_the_same_breath() {
    String id = Shop.newId("o");
    String sku = Shop.newId("sku");
    Answer placed =
        commands.post(
            "/commands/commerce/order/" + id + "/PlaceOrder",
            """
            {"customerId": "c-2", "currency": "EUR",
             "lines": [{"sku": "%s", "quantity": 1, "unitPrice": 5}]}
            """
                .formatted(sku));
    assertThat(placed.status()).as(placed.body()).isEqualTo(200);

    Answer found =
        queries.get(
            "/search/order-details?q=" + sku,
            "Foldstream-Token",
            placed.header("Foldstream-Token"),
            "Prefer",
            "wait=30");

    assertThat(found.status()).as(found.body()).isEqualTo(200);
    assertThat(found.json().path("items")).hasSize(1);
    assertThat(found.json().path("items").path(0).path("orderId").asText()).isEqualTo(id);
  }

  @Test
  void a_list_is_filtered_and_ordered_and_paged() {
    String customer = Shop.newId("c");
    String token = "";
    for (int i = 1; i <= 3; i++) {
      token =
          commands
              .post(
                  "/commands/commerce/order/" + customer + "-" + i + "/PlaceOrder",
                  """
                  {"customerId": "%s", "currency": "EUR",
                   "lines": [{"sku": "lamp", "quantity": %d, "unitPrice": "10.00"}]}
                  """
                      .formatted(customer, i))
              .header("Foldstream-Token");
      assertThat(Shop.order(customer + "-" + i, token).status()).isEqualTo(200);
    }
    String path = "/views/order-details?customerId=eq." + customer + "&order=total.desc&limit=2";

    Answer first = queries.get(path);
    Answer second = queries.get(path + "&cursor=" + first.json().path("next").asText());

    assertThat(first.json().path("items").findValuesAsText("orderId"))
        .containsExactly(customer + "-3", customer + "-2");
    assertThat(second.json().path("items").findValuesAsText("orderId"))
        .containsExactly(customer + "-1");
    assertThat(second.json().path("next").isNull()).isTrue();
  }

  @Test
  void a_repeated_command_id_gets_the_first_outcome_again() {
    String id = Shop.newId("acc");
    String path = "/commands/commerce/account/" + id + "/";
    commands.post(
        path + "OpenAccount", "{\"owner\": \"Ada\", \"email\": \"a@b.c\", \"currency\": \"EUR\"}");
    String deposit = Shop.newId("deposit");

    Answer first =
        commands.post(path + "DepositMoney", "{\"amount\": 10}", "Idempotency-Key", deposit);
    Answer again =
        commands.post(path + "DepositMoney", "{\"amount\": 10}", "Idempotency-Key", deposit);

    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
  }

  @Test
  void a_stale_expected_version_appends_nothing_and_names_both_versions() {
    String id = Shop.newId("o");
    Shop.placed(id);

    Answer conflict =
        commands.post(
            "/commands/commerce/order/" + id + "/ConfirmOrder", "{}", "If-Match", "\"7\"");
    Answer met =
        commands.post(
            "/commands/commerce/order/" + id + "/ConfirmOrder", "{}", "If-Match", "\"1\"");

    assertThat(conflict.status()).isEqualTo(412);
    assertThat(conflict.problem()).isEqualTo("version-conflict");
    assertThat(conflict.json().path("detail").asText()).contains("7").contains("1");
    assertThat(met.status()).as(met.body()).isEqualTo(200);
    assertThat(met.json().path("version").asLong()).isEqualTo(2);
  }

  @Test
  void a_refusal_names_its_reason() {
    Answer refused =
        commands.post(
            "/commands/commerce/order/" + Shop.newId("o") + "/CancelOrder",
            "{\"reason\": \"never placed\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("rejection").asText()).isEqualTo("ORDER_NOT_FOUND");
  }

  @Test
  void an_outcome_can_be_fetched_later() {
    String id = Shop.newId("o");
    Answer accepted =
        commands.post(
            "/commands/commerce/order/" + id + "/PlaceOrder",
            Shop.TWO_LAMPS,
            "Prefer",
            "respond-async");

    assertThat(accepted.status()).isEqualTo(202);
    Answer outcome = commands.get(accepted.header("Location"));
    assertThat(outcome.status()).as(outcome.body()).isEqualTo(200);
    assertThat(outcome.json().path("outcome").asText()).isEqualTo("accepted");
  }

  @Test
  void the_catalog_lists_what_can_be_asked() {
    Answer catalog = commands.get("/catalog");

    assertThat(catalog.status()).isEqualTo(200);
    assertThat(catalog.body())
        .contains("PlaceOrder", "OrderPlaced", "DepositMoney", "StockReserved", "order-details");
  }

  @Test
  void every_host_shows_its_health_metrics_and_interface() {
    var running = SharedInstallation.running();
    for (var host : running.processes()) {
      Caller caller = new Caller(host.uri());
      assertThat(caller.get("/health").status()).as(host.name()).isEqualTo(200);
      assertThat(caller.get("/prometheus").body()).as(host.name()).contains("jvm_memory_used");
      assertThat(caller.get("/swagger-ui/").status()).as(host.name()).isEqualTo(200);
    }
  }
}
