package dev.foldstream.commandservice;

import static dev.foldstream.commandservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.kernel.Token;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandServiceTest {

  private static final String LAMP = "{\"quantity\":10}";
  private final RunningService service = new RunningService();

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void an_accepted_command_answers_with_version_events_and_a_token() {
    var response = service.post("/commands/commerce/stock/lamp-1/ReceiveStock", LAMP);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode body = json(response);
    assertThat(body.path("outcome").asText()).isEqualTo("accepted");
    assertThat(body.path("version").asLong()).isEqualTo(1);
    assertThat(body.path("events").toString())
        .isEqualTo("[{\"type\":\"StockReceived\",\"version\":1}]");
    assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
    String token = response.headers().firstValue("Foldstream-Token").orElseThrow();
    assertThat(body.path("token").asText()).isEqualTo(token);
    assertThat(Token.parse(token).orElseThrow())
        .isEqualTo(
            Token.of(
                "commerce.stock.events",
                body.path("partition").asInt(),
                body.path("sequence").asLong()));
  }

  @Test
  void a_repeat_with_the_same_key_gets_the_first_outcome_again() {
    String key = UUID.randomUUID().toString();
    String path = "/commands/commerce/stock/lamp-2/ReceiveStock";
    var first = service.post(path, LAMP, "Idempotency-Key", key);
    var second = service.post(path, LAMP, "Idempotency-Key", key);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(json(first).path("commandId").asText()).isEqualTo(key);
  }

  @Test
  void a_refusal_is_a_problem_that_names_it() {
    var response = service.post("/commands/commerce/order/never/ConfirmOrder", "");
    assertProblem(response, 422, "rejected");
    assertThat(json(response).path("rejection").asText()).isEqualTo("ORDER_NOT_FOUND");
    assertThat(response.headers().firstValue("Foldstream-Token")).isPresent();
  }

  @Test
  void an_expected_version_that_is_not_met_is_a_412_with_what_was_found() {
    String path = "/commands/commerce/stock/lamp-3/ReceiveStock";
    assertThat(service.post(path, LAMP, "If-Match", "\"0\"").statusCode()).isEqualTo(200);
    var response = service.post(path, LAMP, "If-Match", "\"0\"");
    assertProblem(response, 412, "version-conflict");
    assertThat(json(response).path("foundVersion").asLong()).isEqualTo(1);
    assertThat(json(response).path("expectedVersion").asLong()).isZero();
  }

  @Test
  void a_caller_that_does_not_wait_finds_the_outcome_later() {
    var accepted =
        service.post(
            "/commands/commerce/stock/lamp-4/ReceiveStock", LAMP, "Prefer", "respond-async");
    assertThat(accepted.statusCode()).isEqualTo(202);
    String location = accepted.headers().firstValue("Location").orElseThrow();
    var outcome = service.get(location);
    assertThat(outcome.statusCode()).as(outcome.body()).isEqualTo(200);
    assertThat(json(outcome).path("outcome").asText()).isEqualTo("accepted");
    assertThat(json(outcome).path("version").asLong()).isEqualTo(1);
  }

  @Test
  void an_outcome_nobody_remembers_is_a_404() {
    assertProblem(
        service.get("/commands/commerce/stock/lamp-4/outcomes/never"), 404, "unknown-outcome");
  }

  @Test
  void unknown_names_are_404s_that_list_what_there_is() {
    var domain = service.post("/commands/nowhere/stock/a/ReceiveStock", LAMP);
    assertProblem(domain, 404, "unknown-domain");
    assertThat(json(domain).path("domains").toString()).contains("commerce");
    var aggregate = service.post("/commands/commerce/nothing/a/ReceiveStock", LAMP);
    assertProblem(aggregate, 404, "unknown-aggregate");
    assertThat(json(aggregate).path("aggregates").toString()).contains("order", "stock");
    var command = service.post("/commands/commerce/stock/a/Juggle", LAMP);
    assertProblem(command, 404, "unknown-command");
    assertThat(json(command).path("commands").toString()).contains("ReceiveStock");
  }

  @Test
  void what_is_wrong_with_a_body_is_told_by_pointers() {
    String path = "/commands/commerce/stock/lamp-5/ReceiveStock";
    var wrong = service.post(path, "{\"quantity\":\"many\",\"colour\":1}");
    assertProblem(wrong, 400, "invalid-command");
    assertThat(json(wrong).path("errors").findValuesAsText("pointer"))
        .contains("/quantity", "/colour");
    assertProblem(service.post(path, "{\"quantity\":"), 400, "malformed-json");
    assertProblem(service.post(path, "[]"), 400, "invalid-command");
  }

  @Test
  void headers_and_ids_that_are_not_what_they_say_are_refused() {
    String path = "/commands/commerce/stock/lamp-6/ReceiveStock";
    assertProblem(service.post(path, LAMP, "If-Match", "3"), 400, "invalid-request");
    assertProblem(service.post(path, LAMP, "Idempotency-Key", "a b"), 400, "invalid-request");
    assertProblem(service.post(path, LAMP, "Prefer", "wait=soon"), 400, "invalid-request");
    assertProblem(
        service.post("/commands/commerce/stock/a%20b/ReceiveStock", LAMP), 400, "invalid-command");
    assertProblem(
        service.post("/commands/commerce/stock/" + "a".repeat(201) + "/ReceiveStock", LAMP),
        400,
        "invalid-command");
  }

  @Test
  void a_body_that_is_too_large_or_of_another_type_is_refused() {
    String path = "/commands/commerce/stock/lamp-7/ReceiveStock";
    assertProblem(
        service.post(path, "{\"quantity\":" + " ".repeat(1_100_000) + "1}"), 413, "body-too-large");
    var text =
        service.send(
            service
                .request(path)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(LAMP))
                .build());
    assertProblem(text, 415, "unsupported-media-type");
  }

  @Test
  void a_stream_answers_each_line_in_order_and_a_broken_one_touches_no_other() {
    var lines = new ArrayList<byte[]>();
    for (int i = 1; i <= 20; i++) {
      lines.add(line("s-" + i % 4, "ReceiveStock", "{\"quantity\":1}"));
    }
    lines.set(4, new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}'});
    lines.set(7, new byte[0]);
    lines.set(
        9, ("\"" + "x".repeat(1_200_000) + "\"").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    lines.set(11, line("s-1", "Juggle", "{}"));
    lines.set(13, line("s-1", "ReceiveStock", "{\"quantity\":-1}"));
    var response = service.stream(joined(lines));
    assertThat(response.statusCode()).isEqualTo(200);
    List<JsonNode> answers = response.body().lines().map(RunningService::json).toList();
    assertThat(answers).hasSize(19);
    assertThat(answers.stream().map(a -> a.path("line").asInt()))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
    assertThat(status(answers, 5)).isEqualTo(400);
    assertThat(status(answers, 10)).isEqualTo(413);
    assertThat(status(answers, 12)).isEqualTo(404);
    assertThat(status(answers, 14)).isEqualTo(422);
    assertThat(answers.stream().filter(a -> a.path("status").asInt() == 200)).hasSize(15);
  }

  @Test
  void thousands_of_lines_keep_the_order_of_each_aggregate() {
    var lines = new ArrayList<byte[]>();
    for (int i = 0; i < 5_000; i++) {
      lines.add(line("many-" + i % 10, "ReceiveStock", "{\"quantity\":1}"));
    }
    long begun = System.nanoTime();
    var response = service.stream(joined(lines));
    long millis = (System.nanoTime() - begun) / 1_000_000;
    List<JsonNode> answers = response.body().lines().map(RunningService::json).toList();
    assertThat(answers).hasSize(5_000);
    for (int i = 0; i < 5_000; i++) {
      JsonNode answer = answers.get(i);
      assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.path("version").asLong()).isEqualTo(i / 10 + 1);
    }
    System.out.printf("5,000 lines in %d ms%n", millis);
  }

  @Test
  void the_catalog_lists_what_can_be_asked() {
    JsonNode domain = json(service.get("/catalog")).path("domains").path(0);
    assertThat(domain.path("name").asText()).isEqualTo("commerce");
    assertThat(domain.path("aggregates").findValuesAsText("name")).contains("order", "PlaceOrder");
    assertThat(domain.path("aggregates").path(0).path("commands").path(0).path("schema").isObject())
        .isTrue();
  }

  @Test
  void health_metrics_and_documentation_are_served() {
    assertThat(service.get("/health").body()).contains("commerce.order", "outcomes");
    assertThat(service.get("/prometheus").body())
        .contains("foldstream_commands_total", "kafka_stream");
    assertThat(service.get("/swagger-ui/").statusCode()).isEqualTo(200);
  }

  private static int status(List<JsonNode> answers, int line) {
    return answers.stream()
        .filter(answer -> answer.path("line").asInt() == line)
        .findFirst()
        .orElseThrow()
        .path("status")
        .asInt();
  }

  private static byte[] line(String id, String command, String data) {
    return "{\"domain\":\"commerce\",\"aggregate\":\"stock\",\"id\":\"%s\",\"command\":\"%s\",\"data\":%s}"
        .formatted(id, command, data)
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static byte[] joined(List<byte[]> lines) {
    var all = new java.io.ByteArrayOutputStream();
    for (byte[] line : lines) {
      all.writeBytes(line);
      all.write('\n');
    }
    return all.toByteArray();
  }

  @Test
  void processes_are_shown_and_only_one_that_needs_help_is_retried() {
    JsonNode fulfilment = json(service.get("/processes")).at("/items/0");
    assertThat(fulfilment.path("name").asText()).isEqualTo("fulfilment");
    assertThat(fulfilment.path("enabled").asBoolean()).isFalse();
    assertThat(fulfilment.path("counts").path("STANDING_STILL").asLong()).isZero();
    assertThat(json(service.get("/processes/fulfilment?outcome=FAILED")).path("items")).isEmpty();
    assertProblem(service.get("/processes/fulfilment?outcome=DONE"), 400, "invalid-query");
    assertProblem(service.get("/processes/fulfilment?limit=0"), 400, "invalid-query");
    assertProblem(service.get("/processes/nothing"), 404, "unknown-process");
    assertThat(json(service.get("/processes/fulfilment/unrouted")).path("items")).isEmpty();
    assertThat(service.post("/processes/fulfilment/unrouted/retry", "").body())
        .contains("\"routed\":0", "\"failed\":0");
    assertProblem(service.get("/processes/nothing/unrouted"), 404, "unknown-process");
    assertProblem(service.get("/processes/fulfilment/o-1"), 404, "not-found");
    assertProblem(service.post("/processes/fulfilment/o-1/retry", ""), 409, "not-possible-now");
    assertProblem(service.post("/processes/fulfilment/a%20b/retry", ""), 400, "invalid-request");
  }

  private static void assertProblem(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(t -> assertThat(t).startsWith("application/problem+json"));
    assertThat(json(response).path("type").asText())
        .isEqualTo("https://foldstream.dev/problems/" + type);
  }
}
