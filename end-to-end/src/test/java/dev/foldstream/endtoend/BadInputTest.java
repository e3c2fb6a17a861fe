package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.endtoend.Caller.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input gets a clear answer and loses nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BadInputTest {

  private static final String PLACE = "/commands/commerce/order/bad-1/PlaceOrder";

  private final Caller commands = SharedInstallation.commands();
  private final Caller queries = SharedInstallation.queries();

  static Stream<Arguments> wrongBodies() {
    return Stream.of(
        Arguments.of("{\"customerId\": ", "malformed-json", ""),
        Arguments.of("[]", "invalid-command", ""),
        Arguments.of(
            "{\"customerId\": \"c\", \"currency\": \"EUR\", \"lines\": [], \"colour\": 1}",
            "invalid-command",
            "/colour"),
        Arguments.of("{\"currency\": \"EUR\", \"lines\": []}", "invalid-command", "/customerId"),
        Arguments.of(
            "{\"customerId\": 7, \"currency\": \"EUR\", \"lines\": []}",
            "invalid-command",
            "/customerId"),
        Arguments.of(
            line("\"sku\": \"lamp\", \"quantity\": \"two\", \"unitPrice\": 1"),
            "invalid-command",
            "/lines/0/quantity"),
        Arguments.of(
            line("\"sku\": \"lamp\", \"quantity\": 99999999999, \"unitPrice\": 1"),
            "invalid-command",
            "/lines/0/quantity"),
        Arguments.of(
            line("\"sku\": \"lamp\", \"quantity\": 1, \"unitPrice\": 1.999"),
            "invalid-command",
            "/lines/0/unitPrice"),
        Arguments.of(
            line("\"sku\": \"lamp\", \"quantity\": 1, \"unitPrice\": 1e400"),
            "invalid-command",
            "/lines/0/unitPrice"));
  }

  @ParameterizedTest
  @MethodSource("wrongBodies")
  void a_wrong_body_is_named_with_its_place(String body, String problem, String pointer) {
    Answer answer = commands.post(PLACE, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.json().path("detail").asText()).isNotEmpty();
    if (!pointer.isEmpty()) {
      assertThat(answer.json().path("errors").findValuesAsText("pointer")).contains(pointer);
    }
  }

  @Test
  void all_faults_of_a_body_are_told_at_once() {
    Answer answer = commands.post(PLACE, "{\"currency\": 5, \"colour\": 1}");

    assertThat(answer.json().path("errors").findValuesAsText("pointer"))
        .contains("/currency", "/colour", "/customerId", "/lines");
  }

  @Test
  void what_does_not_exist_is_named_with_what_does() {
    Answer domain = commands.post("/commands/trade/order/o-1/PlaceOrder", "{}");
    Answer aggregate = commands.post("/commands/commerce/parcel/o-1/PlaceOrder", "{}");
    Answer command = commands.post("/commands/commerce/order/o-1/EatOrder", "{}");

    assertThat(domain.status()).isEqualTo(404);
    assertThat(domain.problem()).isEqualTo("unknown-domain");
    assertThat(domain.json().path("detail").asText()).contains("commerce");
    assertThat(aggregate.problem()).isEqualTo("unknown-aggregate");
    assertThat(aggregate.json().path("detail").asText()).contains("account", "order", "stock");
    assertThat(command.problem()).isEqualTo("unknown-command");
    assertThat(command.json().path("detail").asText()).contains("PlaceOrder");
    assertThat(queries.get("/views/order-detail/o-1").problem()).isEqualTo("unknown-view");
    assertThat(queries.get("/nowhere").status()).isEqualTo(404);
    assertThat(queries.get("/nowhere").header("Content-Type"))
        .startsWith("application/problem+json");
  }

  @Test
  void an_id_with_other_characters_is_refused() {
    Answer answer = commands.post("/commands/commerce/order/a%20b/PlaceOrder", Shop.TWO_LAMPS);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("letters, digits");
  }

  @Test
  void a_body_over_the_limit_is_refused_and_the_service_goes_on() {
    String huge = "{\"reason\": \"" + "x".repeat(20_000_000) + "\"}";

    Answer answer = commands.post("/commands/commerce/order/bad-2/CancelOrder", huge);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).isEqualTo("body-too-large");
    assertThat(Shop.place(Shop.newId("o")).status()).isEqualTo(200);
  }

  @Test
  void another_content_type_is_refused() {
    Answer answer =
        commands.send(
            commands
                .request(PLACE)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(Shop.TWO_LAMPS)));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void a_bad_token_is_a_400_and_never_a_guess() {
    for (String token : List.of("yesterday", "v1.!!!!", "v9.AAAA", "v1.bm93aGVyZS8wPTE")) {
      Answer answer = queries.get("/views/order-details/o-1", "Foldstream-Token", token);
      assertThat(answer.status()).as(token + answer.body()).isEqualTo(400);
      assertThat(answer.problem()).isEqualTo("invalid-token");
    }
  }

  @Test
  void a_token_from_the_future_is_answered_with_how_far_behind() {
    String far = dev.foldstream.kernel.Token.of("commerce.order.events", 0, 9_999_999).text();

    Answer answer =
        queries.get("/views/order-details/o-1", "Foldstream-Token", far, "Prefer", "wait=0");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("view-behind");
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  @Test
  void a_broken_line_gets_its_error_and_the_others_their_outcomes() {
    String first = Shop.newId("o");
    String last = Shop.newId("o");
    String lines =
        String.join(
            "\n",
            orderLine(first, "PlaceOrder", Shop.TWO_LAMPS),
            "{\"domain\": \"commerce\", \"aggregate\": ",
            orderLine(last, "EatOrder", "{}"),
            orderLine(last, "PlaceOrder", "{\"customerId\": \"c\"}"),
            orderLine(last, "PlaceOrder", Shop.TWO_LAMPS));

    Answer answer = commands.postLines(lines + "\n");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> answers = answer.body().lines().toList();
    assertThat(answers).hasSize(5);
    assertThat(Caller.parse(answers.get(0)).path("outcome").asText()).isEqualTo("accepted");
    assertThat(answers.get(1)).contains("malformed-json");
    assertThat(answers.get(2)).contains("unknown-command");
    assertThat(answers.get(3)).contains("invalid-command").contains("/data/currency");
    assertThat(Caller.parse(answers.get(4)).path("outcome").asText()).isEqualTo("accepted");
  }

  @Test
  void a_query_that_makes_no_sense_is_refused_with_what_would() {
    for (String query :
        List.of(
            "colour=eq.red",
            "total=about.5",
            "total=gt.much",
            "limit=0",
            "limit=100000",
            "order=colour.desc",
            "cursor=abc",
            "status=eq.EATEN",
            "customerId%3B%20drop%20table%20x=eq.1")) {
      Answer answer = queries.get("/views/order-details?" + query);
      assertThat(answer.status()).as(query + " " + answer.body()).isEqualTo(400);
      assertThat(answer.problem()).isEqualTo("invalid-query");
    }
  }

  private static String orderLine(String id, String command, String data) {
    return """
    {"domain": "commerce", "aggregate": "order", "id": "%s", "command": "%s", "data": %s}"""
        .formatted(id, command, data.replace("\n", " "));
  }

  private static String line(String fields) {
    return "{\"customerId\": \"c\", \"currency\": \"EUR\", \"lines\": [{" + fields + "}]}";
  }
}
