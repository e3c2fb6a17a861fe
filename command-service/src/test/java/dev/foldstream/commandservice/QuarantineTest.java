package dev.foldstream.commandservice;

import static dev.foldstream.commandservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.commandservice.workshop.WorkshopDomain;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.eventstore.topics.Partitions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuarantineTest {

  private static final String COMMANDS = "workshop.tool.commands";
  private static final int PARTITIONS = 6;
  private static final String SERVERS = DevServices.shared().kafka().bootstrapServers();

  private final RunningService service = new RunningService();
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", SERVERS),
          new ByteArraySerializer(),
          new ByteArraySerializer());
  private String tool = "";

  @BeforeEach
  void another_tool() {
    tool = "tool-" + UUID.randomUUID();
    WorkshopDomain.breakDown();
  }

  @AfterAll
  void stop() {
    WorkshopDomain.mend();
    producer.close();
    service.close();
  }

  @Test
  void a_command_that_met_a_bug_is_listed_and_mended_code_applies_it() {
    JsonNode entry = bent("bug-" + tool);
    assertThat(entry.path("state").asText()).isEqualTo("OPEN");
    assertThat(entry.path("cause").asText()).isEqualTo("DECIDER_FAILED");
    assertThat(entry.path("detail").asText()).contains("a bug of the workshop");
    assertThat(entry.path("type").asText()).isEqualTo("workshop.tool.BendTool");
    assertThat(entry.path("key").asText()).isEqualTo(tool);
    String retry = "/quarantine/" + id(entry) + "/retry";
    assertProblem(service.post(retry, ""), 500, "quarantined");
    Awaitility.await().until(() -> read(entry).path("tries").asInt() == 2);
    assertThat(read(entry).path("state").asText()).isEqualTo("OPEN");
    WorkshopDomain.mend();
    var mended = service.post(retry, "");
    assertThat(mended.statusCode()).as(mended.body()).isEqualTo(200);
    assertThat(json(mended).path("commandId").asText()).isEqualTo("bug-" + tool);
    assertThat(json(mended).path("version").asLong()).isEqualTo(1);
    assertThat(read(entry).path("state").asText()).isEqualTo("RETRIED");
    assertThat(read(entry).path("resolution").path("by").asText()).isEqualTo("anonymous");
    assertProblem(service.post(retry, ""), 409, "not-possible-now");
    assertThat(use(1)).isEqualTo(2);
  }

  @Test
  void retries_at_once_apply_it_once() throws Exception {
    JsonNode entry = bent("once-" + tool);
    WorkshopDomain.mend();
    Callable<HttpResponse<String>> retry =
        () -> service.post("/quarantine/" + id(entry) + "/retry", "");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(List.of(retry, retry, retry, retry, retry, retry))) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isIn(200, 409);
        if (answer.get().statusCode() == 200) {
          assertThat(json(answer.get()).path("version").asLong()).isEqualTo(1);
        }
      }
    }
    assertThat(use(1)).isEqualTo(2);
  }

  @Test
  void a_discard_wants_a_reason_and_keeps_who_when_and_why() {
    JsonNode entry = bent("discard-" + tool);
    String discard = "/quarantine/" + id(entry) + "/discard";
    assertProblem(service.post(discard, ""), 400, "invalid-request");
    assertProblem(service.post(discard, "{\"reason\":\" \"}"), 400, "invalid-request");
    var discarded = service.post(discard, "{\"reason\":\"sent by mistake\"}");
    assertThat(discarded.statusCode()).as(discarded.body()).isEqualTo(200);
    assertThat(json(discarded).path("state").asText()).isEqualTo("DISCARDED");
    JsonNode resolution = read(entry).path("resolution");
    assertThat(resolution.path("reason").asText()).isEqualTo("sent by mistake");
    assertThat(resolution.path("by").asText()).isEqualTo("anonymous");
    assertThat(resolution.path("at").asText()).isNotEmpty();
    WorkshopDomain.mend();
    assertProblem(service.post("/quarantine/" + id(entry) + "/retry", ""), 409, "not-possible-now");
  }

  @Test
  void one_in_the_wrong_partition_is_tried_again_in_the_right_one() throws Exception {
    JsonNode right = bent("right-" + tool);
    int wrong = (Partitions.of(tool, PARTITIONS) + 1) % PARTITIONS;
    String before = service.get("/quarantine/" + id(right)).body();
    byte[] value = valueOf(json(before));
    RecordMetadata place = store(wrong, bytes(tool), value);
    JsonNode entry = awaitEntry(place);
    assertThat(entry.path("cause").asText()).isEqualTo("WRONG_PARTITION");
    WorkshopDomain.mend();
    var answer = service.post("/quarantine/" + id(entry) + "/retry", "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).path("partition").asInt()).isEqualTo(Partitions.of(tool, PARTITIONS));
  }

  @Test
  void one_without_a_key_can_only_be_discarded() throws Exception {
    JsonNode entry = awaitEntry(store(3, null, new byte[] {1}));
    assertThat(entry.path("key").isNull()).isTrue();
    assertProblem(service.post("/quarantine/" + id(entry) + "/retry", ""), 409, "not-possible-now");
    assertThat(
            service
                .post("/quarantine/" + id(entry) + "/discard", "{\"reason\":\"no key\"}")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void one_whose_record_is_gone_says_how_to_mend_it() throws Exception {
    JsonNode entry = bent("gone-" + tool);
    try (var admin = Admin.create(Map.of("bootstrap.servers", SERVERS))) {
      var partition = new TopicPartition(COMMANDS, entry.path("partition").asInt());
      long until = entry.path("offset").asLong() + 1;
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(until))).all().get();
    }
    var answer = service.post("/quarantine/" + id(entry) + "/retry", "");
    assertProblem(answer, 410, "command-gone");
    assertThat(json(answer).path("detail").asText()).contains("Mend", "gone-" + tool);
    assertThat(read(entry).path("state").asText()).isEqualTo("OPEN");
  }

  @Test
  void the_list_is_filtered_and_paged_newest_first() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      ids.addFirst(id(bent("page-" + i + tool)));
    }
    String path = "/quarantine?domain=workshop&aggregate=tool&state=open&limit=2";
    JsonNode first = json(service.get(path));
    JsonNode second = json(service.get(path + "&cursor=" + first.path("next").asText()));
    var listed = new ArrayList<String>();
    first.path("items").forEach(item -> listed.add(item.path("id").asText()));
    second.path("items").forEach(item -> listed.add(item.path("id").asText()));
    assertThat(listed).startsWith(ids.toArray(String[]::new));
    assertThat(json(service.get("/quarantine?domain=commerce")).path("items")).isEmpty();
    assertProblem(service.get("/quarantine?limit=0"), 400, "invalid-request");
    assertProblem(service.get("/quarantine?state=lost"), 400, "invalid-request");
    assertProblem(service.get("/quarantine?cursor=%21"), 400, "invalid-request");
    assertProblem(service.get("/quarantine/workshop.tool:0:99999"), 404, "unknown-quarantine");
    assertThat(service.get("/prometheus").body())
        .contains("foldstream_quarantine_open{aggregate=\"workshop.tool\"}");
    assertThat(service.get("/health").body()).contains("\"quarantine\"");
  }

  private JsonNode bent(String commandId) {
    var answer =
        service.post(
            "/commands/workshop/tool/" + tool + "/BendTool", "", "Idempotency-Key", commandId);
    assertProblem(answer, 500, "quarantined");
    return awaitEntry("commandId", commandId);
  }

  private JsonNode awaitEntry(RecordMetadata place) {
    return awaitEntry("id", "workshop.tool:" + place.partition() + ":" + place.offset());
  }

  private JsonNode awaitEntry(String member, String value) {
    var found = new ArrayList<JsonNode>();
    Awaitility.await()
        .atMost(RunningService.PATIENCE)
        .until(
            () -> {
              json(service.get("/quarantine?limit=500"))
                  .path("items")
                  .forEach(
                      item -> {
                        if (item.path(member).asText().equals(value)) {
                          found.add(item);
                        }
                      });
              return !found.isEmpty();
            });
    return found.getFirst();
  }

  private JsonNode read(JsonNode entry) {
    return json(service.get("/quarantine/" + id(entry)));
  }

  private long use(int times) {
    var answer =
        service.post(
            "/commands/workshop/tool/" + tool + "/UseTool", "{\"times\":%d}".formatted(times));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).path("version").asLong();
  }

  /** The bytes of a stored command, as it lies in its topic. */
  private static byte[] valueOf(JsonNode entry) {
    return StoredValue.read(
        SERVERS,
        new TopicPartition(COMMANDS, entry.path("partition").asInt()),
        entry.path("offset").asLong());
  }

  private RecordMetadata store(int partition, byte @Nullable [] key, byte[] value)
      throws Exception {
    return producer.send(record(partition, key, value)).get();
  }

  @SuppressWarnings("NullAway") // a key may be null
  private static ProducerRecord<byte[], byte[]> record(
      int partition, byte @Nullable [] key, byte[] value) {
    return new ProducerRecord<>(COMMANDS, partition, key, value);
  }

  private static String id(JsonNode entry) {
    return entry.path("id").asText();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertProblem(HttpResponse<String> response, int status, String type) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(json(response).path("type").asText()).endsWith("/" + type);
  }
}
