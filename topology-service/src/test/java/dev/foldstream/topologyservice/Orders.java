package dev.foldstream.topologyservice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.commerce.CommerceDomain;
import dev.foldstream.commerce.order.OrderEvent;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderLine;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Orders as the command-service would have recorded them, and what topologies made of them. */
final class Orders implements AutoCloseable {

  static final String TOPIC = TopicNames.events("commerce", "order");
  private static final String SERVERS = DevServices.shared().kafka().bootstrapServers();
  private static final int PREFIX = 5;

  private final SchemaRegistry registry =
      new ConfluentSchemaRegistry(URI.create(DevServices.shared().registry().url()));
  private final SchemaFiles files = SchemaFiles.of(List.of(new CommerceDomain()));
  private final WireCodec codec = new WireCodec(registry, files);
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", SERVERS, "acks", "all"),
          new ByteArraySerializer(),
          new ByteArraySerializer());
  private int sequence;

  /**
   * A record of a sink.
   *
   * @param value as Avro prints it
   */
  record Given(String key, String value) {}

  static Orders prepared() {
    try (var cluster = new Cluster(SERVERS)) {
      TopicSetup.prepare(
          cluster.admin(), List.of(new CommerceDomain()), TopicSettings.SINGLE_BROKER);
    }
    var orders = new Orders();
    orders.codec.register(TOPIC, OrderEvent.class);
    return orders;
  }

  /** An order of one line. */
  void place(String id, String customer, String total) {
    var line = new OrderLine("lamp", 1, new BigDecimal(total));
    var event = new OrderPlaced(customer, "EUR", List.of(line), new BigDecimal(total));
    send(id, codec.encode(TOPIC, event), files.typeName(OrderPlaced.class));
  }

  private void send(String id, byte[] value, String type) {
    sequence++;
    var record = new ProducerRecord<>(TOPIC, bytes(id), value);
    Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            id + ":" + sequence,
            "ce_source",
            "/commerce/order",
            "ce_type",
            type,
            "ce_time",
            Instant.now().toString(),
            "ce_sequence",
            Integer.toString(sequence),
            "ce_version",
            "1",
            "ce_commandid",
            id)
        .forEach((name, text) -> record.headers().add(name, bytes(text)));
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Everything that is committed in a topic; nothing when it is not there. */
  List<Given> given(String topic) {
    var given = new ArrayList<Given>();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            SERVERS,
            "isolation.level",
            "read_committed",
            "allow.auto.create.topics",
            false);
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      if (!consumer.listTopics().containsKey(topic)) {
        return given;
      }
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<String, byte[]> record :
            consumer.poll(java.time.Duration.ofMillis(100))) {
          given.add(new Given(String.valueOf(record.key()), value(record.value())));
        }
      }
    }
    return given;
  }

  /** Waits until there are so many, and wants no more. */
  void awaitGiven(String topic, int count) {
    Awaitility.await()
        .atMost(RunningService.PATIENCE)
        .untilAsserted(() -> assertThat(given(topic)).hasSizeGreaterThanOrEqualTo(count));
    List<Given> given = given(topic);
    assertThat(given).as("%s: %s", topic, given).hasSize(count);
  }

  private String value(byte[] value) {
    try {
      var schema = registry.schema(ByteBuffer.wrap(value).getInt(1));
      var reader = new GenericDatumReader<GenericRecord>(schema);
      return reader
          .read(
              null, DecoderFactory.get().binaryDecoder(value, PREFIX, value.length - PREFIX, null))
          .toString();
    } catch (java.io.IOException wrong) {
      throw new java.io.UncheckedIOException(wrong);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
