package dev.foldstream.host.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProblemTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static EmbeddedServer server;

  @BeforeAll
  static void start() {
    server =
        ApplicationContext.run(
            EmbeddedServer.class,
            Map.of("micronaut.server.port", -1, "micronaut.server.max-request-size", 2048));
  }

  @AfterAll
  static void stop() {
    server.close();
    CLIENT.close();
  }

  @Test
  void a_bug_is_answered_with_an_error_id_and_nothing_else() throws Exception {
    JsonNode problem = problem(500, get("/trouble/bug"));
    assertThat(problem.path("type").asText())
        .isEqualTo("https://foldstream.dev/problems/internal-error");
    assertThat(problem.path("detail").asText()).contains(problem.path("errorId").asText());
    assertThat(problem.toString()).doesNotContain("secret").doesNotContain("IllegalState");
  }

  @Test
  void a_problem_is_answered_with_its_members_faults_and_headers() throws Exception {
    var answer = send(get("/trouble/problem"));
    JsonNode problem = problem(503, get("/trouble/problem"));
    assertThat(problem)
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "https://foldstream.dev/problems/view-behind",
                 "title": "The view has not come as far as the token", "status": 503,
                 "detail": "7 events behind", "instance": "/trouble/problem",
                 "errors": [{"header": "Foldstream-Token", "detail": "too new"}], "behind": 7}"""));
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void an_address_without_anything_is_not_found() throws Exception {
    JsonNode problem = problem(404, get("/nowhere"));
    assertThat(problem.path("type").asText()).endsWith("/not-found");
    assertThat(problem.path("detail").asText()).contains("GET /nowhere");
  }

  @Test
  void a_browser_gets_problems_as_well() throws Exception {
    problem(404, get("/nowhere").header("Accept", "text/html"));
    problem(500, get("/trouble/bug").header("Accept", "text/html,*/*"));
  }

  @Test
  void a_wrong_method_is_not_allowed() throws Exception {
    JsonNode problem = problem(405, get("/trouble/order"));
    assertThat(problem.path("type").asText()).endsWith("/method-not-allowed");
    assertThat(problem.path("detail").asText()).contains("GET").contains("POST");
    assertThat(send(get("/trouble/order")).headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void a_media_type_that_is_not_served_is_not_acceptable() throws Exception {
    JsonNode problem = problem(406, get("/trouble/problem").header("Accept", "image/png"));
    assertThat(problem.path("type").asText()).endsWith("/not-acceptable");
    assertThat(problem.path("detail").asText()).contains("image/png");
  }

  @Test
  void a_body_of_another_media_type_is_unsupported() throws Exception {
    JsonNode problem = problem(415, post("/trouble/order", "text/csv", "a,b"));
    assertThat(problem.path("type").asText()).endsWith("/unsupported-media-type");
    assertThat(problem.path("detail").asText()).contains("text/csv");
  }

  @Test
  void a_body_that_is_no_json_is_malformed() throws Exception {
    JsonNode problem = problem(400, post("/trouble/order", "application/json", "{\"sku\": "));
    assertThat(problem.path("type").asText()).endsWith("/malformed-json");
    assertThat(problem.path("detail").asText()).startsWith("The body must be JSON");
    assertThat(problem.toString()).doesNotContain("jackson").doesNotContain("Source");
  }

  @Test
  void a_body_beyond_the_limit_is_too_large() throws Exception {
    var body = "{\"sku\": \"" + "x".repeat(5000) + "\"}";
    JsonNode problem = problem(413, post("/trouble/order", "application/json", body));
    assertThat(problem.path("type").asText()).endsWith("/body-too-large");
    problem(413, post("/trouble/bytes", "application/octet-stream", body));
  }

  @Test
  void a_parameter_of_a_wrong_type_is_named() throws Exception {
    JsonNode problem = problem(400, get("/trouble/number?limit=many"));
    assertThat(problem.path("type").asText()).endsWith("/invalid-request");
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo("limit");
    assertThat(problem.at("/errors/0/detail").asText())
        .isEqualTo("'limit' is of type int; found 'many'");
  }

  @Test
  void a_missing_parameter_or_header_is_named() throws Exception {
    assertThat(problem(400, get("/trouble/number")).at("/errors/0/parameter").asText())
        .isEqualTo("limit");
    assertThat(problem(400, get("/trouble/header")).at("/errors/0/header").asText())
        .isEqualTo("X-Wanted");
  }

  @Test
  void a_broken_constraint_is_named_with_its_place() throws Exception {
    assertThat(problem(400, get("/trouble/limited?limit=11")).at("/errors/0/parameter").asText())
        .isEqualTo("limit");
    var body = "{\"sku\": \"\", \"quantity\": 1}";
    JsonNode problem = problem(400, post("/trouble/order", "application/json", body));
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/sku");
  }

  @Test
  void a_request_that_only_asks_for_headers_gets_no_body() throws Exception {
    var answer = send(request("/nowhere").method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void every_type_has_its_own_address() {
    assertThat(ProblemType.values()).extracting(ProblemType::uri).doesNotHaveDuplicates();
    assertThat(ProblemType.INVALID_TOKEN.uri())
        .isEqualTo("https://foldstream.dev/problems/invalid-token");
  }

  private static JsonNode problem(int status, HttpRequest.Builder request) throws Exception {
    var answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("errors").isArray()).isTrue();
    assertThat(problem.path("instance").asText()).startsWith("/");
    return problem;
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.getURI().resolve(path));
  }

  private static HttpRequest.Builder get(String path) {
    return request(path).GET();
  }

  private static HttpRequest.Builder post(String path, String mediaType, String body) {
    return request(path).header("Content-Type", mediaType).POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
