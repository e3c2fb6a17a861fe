package dev.foldstream.commandservice;

import static dev.foldstream.commandservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.commandservice.nextworkshop.NextWorkshop;
import dev.foldstream.commandservice.workshop.StricterWorkshop;
import dev.foldstream.commandservice.workshop.WorkshopDomain;
import dev.foldstream.schemas.types.RecordTypes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A day in the workshop, then other rules for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShadowTest {

  private static final Path JARS = Path.of("target", "shadow-" + UUID.randomUUID());
  private static final String SHADOW = "/deciders/workshop.tool/shadow";

  private final RunningService service =
      new RunningService(Map.of("foldstream.shadow.jars", JARS.resolve("jars").toString()));
  private final String hammer = "hammer-" + UUID.randomUUID();
  private final String saw = "saw-" + UUID.randomUUID();
  private String range = "";

  @BeforeAll
  void a_day() throws IOException {
    service.awaitHealthy();
    jar(JARS.resolve("jars").resolve("stricter.jar"));
    jar(JARS.resolve("outside.jar"));
    nextJar(JARS.resolve("jars").resolve("next.jar"));
    Instant from = Instant.now();
    WorkshopDomain.mend();
    use(hammer, 3, 200);
    use(hammer, 4, 200);
    use(hammer, 1, 200);
    use(saw, 101, 422);
    String id = "once-" + saw;
    assertThat(command(saw + "/UseTool", "{\"times\":2}", "Idempotency-Key", id)).isEqualTo(200);
    assertThat(command(saw + "/UseTool", "{\"times\":2}", "Idempotency-Key", id)).isEqualTo(200);
    assertThat(command(saw + "/UseTool", "{\"times\":2}", "If-Match", "\"9\"")).isEqualTo(412);
    assertThat(command(saw + "/BendTool", "")).isEqualTo(200);
    WorkshopDomain.breakDown();
    assertThat(command(hammer + "/BendTool", "")).isEqualTo(500);
    assertThat(service.get("/commands/workshop/tool/" + saw + "/outcomes/none").statusCode())
        .isEqualTo(404);
    range = "\"range\":{\"from\":\"%s\"}".formatted(from);
  }

  @AfterAll
  void stop() {
    WorkshopDomain.mend();
    service.close();
  }

  @Test
  void a_jar_with_one_other_rule_differs_exactly_where_the_rule_bites() {
    JsonNode counts = json(service.get("/deciders/workshop.tool")).path("counts");
    JsonNode report = done("\"jar\":\"stricter.jar\"");
    assertThat(report.path("otherOutcome").asInt()).as(report.toString()).isEqualTo(2);
    assertThat(report.path("otherEvents").asInt()).isZero();
    assertThat(report.path("same").asInt()).isEqualTo(4);
    assertThat(report.path("failed").asInt()).as("its own workshop is not mended").isEqualTo(1);
    assertThat(report.path("notCompared"))
        .hasToString("{\"lookUps\":1,\"repeated\":1,\"quarantined\":1,\"unknown\":0}");
    assertThat(report.path("commands").asInt()).isEqualTo(10);
    assertThat(report.path("examples")).hasSize(3);
    JsonNode later = byTotal(report, 8);
    assertThat(later.path("topic").asText()).isEqualTo("workshop.tool.commands");
    assertThat(later.path("type").asText()).isEqualTo("workshop.tool.UseTool");
    assertThat(later.path("aggregateId").asText()).isEqualTo(hammer);
    assertThat(later.path("firstDifference").asText()).isEqualTo("/outcome");
    assertThat(later.path("recorded").path("events"))
        .hasToString("[{\"type\":\"ToolUsed\",\"data\":{\"times\":1,\"total\":8}}]");
    assertThat(later.path("candidate"))
        .hasToString("{\"outcome\":\"rejected\",\"rejection\":\"TOO_OFTEN\"}");
    assertThat(json(service.get("/deciders/workshop.tool")).path("counts")).isEqualTo(counts);
  }

  @Test
  void a_candidate_that_is_deployed_is_found_by_its_name() {
    WorkshopDomain.mend();
    JsonNode report = done("\"name\":\"twice\"");
    assertThat(report.path("otherEvents").asInt()).as(report.toString()).isEqualTo(2);
    assertThat(report.path("otherOutcome").asInt()).isZero();
    assertThat(report.path("same").asInt()).isEqualTo(5);
    assertThat(byTotal(report, 8).path("firstDifference").asText())
        .isEqualTo("/events/0/data/total");
  }

  @Test
  void other_classes_with_a_component_more_differ_only_where_it_is_filled() {
    JsonNode report = done("\"jar\":\"next.jar\"");
    assertThat(report.path("same").asInt()).as(report.toString()).isEqualTo(6);
    assertThat(report.path("otherEvents").asInt()).isEqualTo(1);
    assertThat(report.path("failed").asInt()).isZero();
    assertThat(report.at("/examples/0/firstDifference").asText()).isEqualTo("/events/0/data/by");
  }

  @Test
  void one_runs_at_a_time_and_is_cancelled() {
    CountDownLatch waiting = WorkshopDomain.release(1);
    try {
      var started = shadow("\"name\":\"twice\"", "");
      assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
      String run = started.headers().firstValue("Location").orElseThrow();
      var second = shadow("\"name\":\"twice\"", "");
      assertProblem(second, 503, "too-busy", "");
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      var cancelled = service.send(service.request(run).DELETE().build());
      assertThat(cancelled.statusCode()).isEqualTo(200);
      waiting.countDown();
      Awaitility.await()
          .until(() -> json(service.get(run)).path("state").asText().equals("CANCELLED"));
      assertProblem(service.get(SHADOW + "/nothing"), 404, "unknown-shadow-run", "");
      assertProblem(
          service.get(run.replace("workshop.tool", "commerce.order")),
          404,
          "unknown-shadow-run",
          "");
    } finally {
      waiting.countDown();
    }
  }

  @Test
  void what_cannot_be_meant_is_told_with_a_pointer() {
    String jar = "\"jar\":\"stricter.jar\"";
    assertInvalid("\"jar\":\"none.jar\"", range, "/candidate/jar");
    assertInvalid("\"jar\":\"../outside.jar\"", range, "/candidate/jar");
    assertInvalid("\"name\":\"none\"", range, "/candidate/name");
    assertInvalid(jar + ",\"name\":\"twice\"", range, "/candidate");
    assertInvalid(jar, "\"range\":{\"last\":0}", "/range/last");
    assertInvalid(jar, "\"range\":{\"last\":1,\"from\":\"2026-01-01T00:00:00Z\"}", "/range");
    assertInvalid(
        jar,
        "\"range\":{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
        "/range/to");
    assertInvalid(jar, "\"limit\":0", "/limit");
    assertInvalid(jar, "\"examples\":101", "/examples");
    assertInvalid(jar, "\"rage\":1", "/rage");
    assertProblem(
        service.post("/deciders/commerce.order/shadow", body(jar, range)),
        400,
        "invalid-request",
        "/candidate/jar");
    assertThat(service.post("/deciders/nothing/shadow", body(jar, range)).statusCode())
        .isEqualTo(404);
    try (var without = new RunningService(Map.of())) {
      var refused = without.post(SHADOW, body(jar, range));
      assertProblem(refused, 409, "not-possible-now", "/candidate/jar");
      assertThat(refused.body()).contains("foldstream.shadow.jars");
    }
  }

  private JsonNode done(String candidate) {
    var answer = service.post(SHADOW, body(candidate, range), "Prefer", "wait=30");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).path("state").asText()).as(answer.body()).isEqualTo("DONE");
    assertThat(json(answer).path("commandsToDo").asInt()).isEqualTo(10);
    return json(answer);
  }

  private HttpResponse<String> shadow(String candidate, String more) {
    return service.post(SHADOW, body(candidate, more.isEmpty() ? range : more));
  }

  private static String body(String candidate, String more) {
    return "{\"candidate\":{%s},%s}".formatted(candidate, more);
  }

  private void assertInvalid(String candidate, String more, String pointer) {
    assertProblem(shadow(candidate, more), 400, "invalid-request", pointer);
  }

  private static void assertProblem(
      HttpResponse<String> response, int status, String type, String pointer) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).path("type").asText()).endsWith("/" + type);
    assertThat(json(response).path("errors").path(0).path("pointer").asText())
        .as(response.body())
        .isEqualTo(pointer);
  }

  private void use(String tool, int times, int status) {
    assertThat(command(tool + "/UseTool", "{\"times\":%d}".formatted(times))).isEqualTo(status);
  }

  private int command(String command, String body, String... headers) {
    return service.post("/commands/workshop/tool/" + command, body, headers).statusCode();
  }

  private static JsonNode byTotal(JsonNode report, int total) {
    for (JsonNode example : report.path("examples")) {
      if (example.at("/recorded/events/0/data/total").asInt() == total) {
        return example;
      }
    }
    throw new AssertionError("wanted an example of total %d in %s".formatted(total, report));
  }

  /** The workshop's own classes and schema files, with another domain registered. */
  private static void jar(Path file) throws IOException {
    try (var jar = new CandidateJarFile(file, StricterWorkshop.class)) {
      jar.addFolder(Path.of("META-INF", "schemas", WorkshopDomain.NAME, WorkshopDomain.TOOL));
    }
  }

  /** Other classes, with the schemas that fit them. */
  private static void nextJar(Path file) throws IOException {
    try (var jar = new CandidateJarFile(file, NextWorkshop.class)) {
      for (Class<?> type : List.of(NextWorkshop.Command.class, NextWorkshop.Event.class)) {
        for (Class<? extends Record> record : RecordTypes.permitted(type)) {
          jar.addSchema(WorkshopDomain.NAME, WorkshopDomain.TOOL, record);
        }
      }
    }
  }
}
