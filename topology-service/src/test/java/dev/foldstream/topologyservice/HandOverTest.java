package dev.foldstream.topologyservice;

import static dev.foldstream.topologyservice.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.process.ChildJvm;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.topologyservice.Orders.Given;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of topologies when a process dies, when one cannot run, and while none runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HandOverTest {

  private static final int CUSTOMERS = 6;
  private static final int ROUNDS = 40;
  private static final DevServices SERVERS = DevServices.shared();

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
    for (String name : List.of("counted", "stuck", "kept")) {
      service.delete("/topologies/" + name);
    }
    service.close();
    orders.close();
  }

  private static String counts(String name) {
    return """
    foldstream: topology/1
    name: %s
    sources:
      orders: {aggregate: commerce.order, events: [OrderPlaced]}
    steps:
      counted: {from: orders, by: event.customerId, aggregate: {count: count}}
    sinks:
      out: {from: counted, topic: test.%s}
    """
        .formatted(name, name);
  }

  private static ChildJvm otherProcess(Path directory) {
    return ChildJvm.start(
        new Launch(
            "topology-service",
            directory,
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList(),
            "dev.foldstream.topologyservice.Main",
            List.of(),
            Map.of(
                "MICRONAUT_SERVER_PORT",
                "-1",
                "KAFKA_BOOTSTRAP_SERVERS",
                SERVERS.kafka().bootstrapServers(),
                "FOLDSTREAM_SCHEMA_REGISTRY_URL",
                SERVERS.registry().url(),
                "FOLDSTREAM_TOPICS_PARTITIONS",
                "6",
                "FOLDSTREAM_TOPICS_REPLICATION_FACTOR",
                "1",
                "FOLDSTREAM_TOPICS_MIN_IN_SYNC_REPLICAS",
                "1",
                "FOLDSTREAM_STATE_DIRECTORY",
                directory.resolve("state").toString())));
  }

  private static void place(int from, int to) {
    for (int i = from; i < to; i++) {
      for (int customer = 0; customer < CUSTOMERS; customer++) {
        orders.place("killed-%d-%d".formatted(customer, i), "killed-" + customer, "1.00");
      }
    }
  }

  @Test
  void a_killed_process_hands_over_and_nothing_is_lost_or_doubled(@TempDir Path directory) {
    assertThat(service.put("/topologies/counted?from=now", counts("counted")).statusCode())
        .isEqualTo(201);
    service.awaitLive("counted", 1);
    ChildJvm other = otherProcess(directory);
    try {
      Awaitility.await().atMost(RunningService.PATIENCE).until(() -> processes() == 2);
      service.awaitLive("counted", 1);
      place(0, ROUNDS / 2);
    } finally {
      other.kill();
    }
    place(ROUNDS / 2, ROUNDS);
    Awaitility.await()
        .atMost(RunningService.PATIENCE)
        .untilAsserted(() -> assertThat(orders.given("test.counted")).hasSize(CUSTOMERS * ROUNDS));
    var byCustomer = new HashMap<String, List<String>>();
    for (Given given : orders.given("test.counted")) {
      byCustomer.computeIfAbsent(given.key(), _ -> new ArrayList<>()).add(given.value());
    }
    assertThat(byCustomer).hasSize(CUSTOMERS);
    byCustomer.forEach(
        (customer, values) -> {
          for (int i = 0; i < ROUNDS; i++) {
            assertThat(values.get(i)).as(customer).contains("\"count\": " + (i + 1) + "}");
          }
        });
  }

  /** That run the topology. */
  private static int processes() {
    return json(service.get("/topologies/counted/metrics")).at("/running/0/processes").asInt();
  }

  @Test
  void a_version_that_cannot_run_is_parked_with_its_reason_and_tried_again_when_it_is_resumed()
      throws ExecutionException, InterruptedException {
    String topic = "foldstream.topology.stuck.quarantine";
    try (var admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
      assertThat(service.put("/topologies/stuck?from=now", counts("stuck")).statusCode())
          .isEqualTo(201);
      Awaitility.await()
          .atMost(RunningService.PATIENCE)
          .until(() -> service.live("stuck").path("state").asText().equals("PARKED"));
      assertThat(service.live("stuck").path("reason").asText())
          .contains(topic, "must have 1 partitions; found 2");
      assertThat(json(service.get("/topologies")).toString()).contains("stuck");
      admin.deleteTopics(List.of(topic)).all().get();
    }
    assertThat(service.post("/topologies/stuck/resume").statusCode()).isEqualTo(200);
    service.awaitLive("stuck", 1);
  }

  @Test
  void positions_of_what_is_paused_are_stored_again_as_they_are()
      throws ExecutionException, InterruptedException {
    service.put("/topologies/kept?from=now", counts("kept"));
    service.awaitLive("kept", 1);
    orders.place("kept-1", "kim", "1.00");
    orders.awaitGiven("test.kept", 1);
    assertThat(service.post("/topologies/kept/pause").statusCode()).isEqualTo(200);
    Awaitility.await()
        .atMost(RunningService.PATIENCE)
        .until(() -> json(service.get("/topologies/kept")).path("running").isEmpty());
    var before = committed("foldstream.topology.kept-v1");
    service.keepPositions();
    var after = committed("foldstream.topology.kept-v1");
    assertThat(after).isEqualTo(before);
    assertThat(before.keySet())
        .extracting(TopicPartition::topic)
        .anyMatch(topic -> topic.endsWith("-repartition"));
    assertThat(before.values()).anyMatch(position -> !position.metadata().isEmpty());
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(String application)
      throws ExecutionException, InterruptedException {
    try (var admin = admin()) {
      return admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", SERVERS.kafka().bootstrapServers()));
  }
}
