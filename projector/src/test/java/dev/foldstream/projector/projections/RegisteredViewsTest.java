package dev.foldstream.projector.projections;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.projection.LibraryLog;
import dev.foldstream.projector.projection.ProjectionStores;
import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewVersion;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The rows of registered topologies on real servers, as a topology-service would write them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegisteredViewsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PARTITIONS = 2;

  private final DevServices services = DevServices.shared();
  private final String topology = "t" + UUID.randomUUID().toString().substring(0, 8);
  private final EmbeddedServer host = host();
  private final HttpClient client = HttpClient.newHttpClient();
  private final SchemaRegistry registry =
      new ConfluentSchemaRegistry(URI.create(services.registry().url()));
  private final KafkaProducer<byte[], byte[]> producer = producer();

  private EmbeddedServer host() {
    try {
      services.start(Part.KAFKA, Part.POSTGRESQL, Part.ELASTICSEARCH, Part.REGISTRY);
      return ApplicationContext.run(
          EmbeddedServer.class,
          Map.ofEntries(
              Map.entry("micronaut.server.port", -1),
              Map.entry("kafka.bootstrap.servers", services.kafka().bootstrapServers()),
              Map.entry("foldstream.schema-registry.url", services.registry().url()),
              Map.entry("foldstream.postgresql.url", services.postgres().newDatabase("rows")),
              Map.entry("foldstream.postgresql.user", services.postgres().user()),
              Map.entry("foldstream.postgresql.password", services.postgres().password()),
              Map.entry("foldstream.elasticsearch.url", services.elasticsearch().url()),
              Map.entry("foldstream.topics.partitions", LibraryLog.PARTITIONS),
              Map.entry("foldstream.topics.replication-factor", 1),
              Map.entry("foldstream.topics.min-in-sync-replicas", 1)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    String servers = services.kafka().bootstrapServers();
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicSetup.prepareTopologies(admin, TopicSettings.SINGLE_BROKER);
    }
    var transactional =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers, "transactional.id", topology),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    transactional.initTransactions();
    return transactional;
  }

  @AfterEach
  void close() {
    head("DELETED", 1, null);
    producer.close();
    host.close();
    client.close();
  }

  private static Schema schema(String more) {
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "Stock", "namespace": "test", "fields": [
              {"name": "sku", "type": "string"}, {"name": "pieces", "type": "long"}%s]}
            """
                .formatted(more));
  }

  /** Alone in its transaction, so that each record has a marker, a hole, behind it. */
  private void send(String topic, String key, byte @Nullable [] value) {
    producer.beginTransaction();
    var _ = producer.send(record(topic, bytes(key), value));
    producer.commitTransaction();
  }

  @SuppressWarnings("NullAway") // a record without a value takes its key away
  private static ProducerRecord<byte[], byte[]> record(
      String topic, byte[] key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, key, value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void head(String desired, int live, @Nullable Integer candidate) {
    send(
        TopicNames.TOPOLOGIES,
        topology,
        bytes(
            "{\"desired\": \"%s\", \"live\": %d, \"candidate\": %s}"
                .formatted(desired, live, candidate)));
  }

  private void version(int number, Schema schema) throws IOException {
    var json = new ObjectMapper().createObjectNode().put("application", number);
    var view = json.putArray("views").addObject();
    view.put("view", topology + "-stock").put("schema", schema.toString());
    view.put("partitions", PARTITIONS).putArray("stores").add("postgresql");
    view.putArray("indexes").add("pieces");
    send(
        TopicNames.TOPOLOGIES, topology + "@" + number, new ObjectMapper().writeValueAsBytes(json));
  }

  private String rows(int version) {
    return TopicNames.candidate(TopicNames.viewRows(topology, topology + "-stock"), version);
  }

  private void row(int version, Schema schema, String sku, long pieces) throws IOException {
    var builder = new GenericRecordBuilder(schema).set("sku", sku).set("pieces", pieces);
    if (schema.getField("shelf") != null) {
      builder.set("shelf", "A");
    }
    var out = new ByteArrayOutputStream();
    int id = registry.register(rows(version) + "-" + schema.getFullName(), schema);
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(builder.build(), encoder);
    encoder.flush();
    send(rows(version), sku, out.toByteArray());
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.getURI() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode projection(String address) throws Exception {
    return new ObjectMapper().readTree(call("GET", "/projections/" + address).body());
  }

  private void awaitKept(String address, int version, String key, String row) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(kept(address, version, key)).isEqualTo(row));
  }

  private @Nullable String kept(String address, int version, String key) {
    ProjectionTarget target =
        host.getApplicationContext().getBean(ProjectionStores.class).targets().stream()
            .filter(it -> it.address().equals(address) && it.kind() == ViewStoreKind.POSTGRESQL)
            .findFirst()
            .orElseThrow();
    assertThat(target.view().topics()).containsExactly(rows(version));
    StoredRow stored =
        target.store().load(new ViewVersion(target.view(), 1), List.of(key)).get(key);
    return stored == null || stored.row() == null ? null : new RecordJson().text(stored.row());
  }

  @Test
  void rows_of_a_topology_are_kept_from_when_it_is_registered_each_version_in_its_own_table()
      throws Exception {
    Schema schema = schema("");
    String view = topology + "-stock";
    version(1, schema);
    head("RUNNING", 1, null);
    row(1, schema, "lamp", 3);
    row(1, schema, "bulb", 1);
    row(1, schema, "lamp", 5);
    send(rows(1), "bulb", null);
    awaitKept(view, 1, "lamp", "{\"sku\":\"lamp\",\"pieces\":5}");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(kept(view, 1, "bulb")).isNull();
              JsonNode store = projection(view).at("/versions/0/stores/0");
              assertThat(store.at("/lagEvents").asInt(-1)).isZero();
              assertThat(store.at("/ledger/complete").asBoolean()).isTrue();
              assertThat(store.at("/ledger/applied").asInt()).isEqualTo(4);
            });

    Schema wider = schema(", {\"name\": \"shelf\", \"type\": \"string\"}");
    version(2, wider);
    head("RUNNING", 1, 2);
    row(2, wider, "lamp", 5);
    awaitKept(view + "-v2", 2, "lamp", "{\"sku\":\"lamp\",\"pieces\":5,\"shelf\":\"A\"}");
    assertThat(kept(view, 1, "lamp")).isEqualTo("{\"sku\":\"lamp\",\"pieces\":5}");
    head("RUNNING", 2, null);
    awaitKept(view, 2, "lamp", "{\"sku\":\"lamp\",\"pieces\":5,\"shelf\":\"A\"}");
    row(2, wider, "lamp", 6);
    awaitKept(view, 2, "lamp", "{\"sku\":\"lamp\",\"pieces\":6,\"shelf\":\"A\"}");

    head("DELETED", 2, null);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> call("GET", "/projections/" + view).statusCode() == 404);
  }

  @Test
  void rows_with_holes_between_them_are_built_again_and_compared_exactly() throws Exception {
    Schema schema = schema("");
    String view = topology + "-stock";
    version(1, schema);
    head("RUNNING", 1, null);
    for (int i = 0; i < 20; i++) {
      row(1, schema, "sku-" + i % 4, i);
    }
    send(rows(1), "sku-3", null);
    awaitKept(view, 1, "sku-2", "{\"sku\":\"sku-2\",\"pieces\":18}");
    assertThat(call("POST", "/projections/" + view + "/verify").statusCode()).isEqualTo(202);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(call("GET", "/projections/" + view + "/rebuild").body())
                    .contains("\"state\":\"done\"")
                    .contains("\"same\":true"));
  }
}
