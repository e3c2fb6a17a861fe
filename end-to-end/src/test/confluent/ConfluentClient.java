import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Another vendor's client, in a JVM of its own: writes two commands with Confluent's serializer and prints the events that follow, read with
 * Confluent's deserializer, as lines of {@code TYPE field=value ...}. Knows our topics and schemas from the registry alone.
 */
public final class ConfluentClient {

  private static final String TOPIC = "commerce.account.commands";
  private static final String EVENTS = "commerce.account.events";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public static void main(String[] args) throws Exception {
    String bootstrap = args[0];
    String registry = args[1];
    String account = args[2];
    send(bootstrap, registry, account);
    receive(bootstrap, registry, account);
  }

  private static void send(String bootstrap, String registry, String account) throws Exception {
    var client = new CachedSchemaRegistryClient(registry, 100);
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrap,
            "key.serializer", StringSerializer.class,
            "value.serializer", KafkaAvroSerializer.class,
            "schema.registry.url", registry,
            "auto.register.schemas", false,
            "value.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
            "acks", "all");
    try (var producer = new KafkaProducer<String, GenericRecord>(settings)) {
      var open = new GenericData.Record(schema(client, "commerce.account.OpenAccount"));
      open.put("owner", "Ada Example");
      open.put("email", "ada@example.com");
      open.put("currency", "EUR");
      producer.send(new ProducerRecord<>(TOPIC, account, open)).get();
      var deposit = new GenericData.Record(schema(client, "commerce.account.DepositMoney"));
      deposit.put("amount", ByteBuffer.wrap(java.math.BigInteger.valueOf(12_345).toByteArray()));
      deposit.put("currency", null);
      producer.send(new ProducerRecord<>(TOPIC, account, deposit)).get();
    }
  }

  private static Schema schema(CachedSchemaRegistryClient client, String name) throws Exception {
    String text = client.getLatestSchemaMetadata(TOPIC + "-" + name).getSchema();
    return new Schema.Parser().parse(text);
  }

  private static void receive(String bootstrap, String registry, String account) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrap,
            "key.deserializer", StringDeserializer.class,
            "value.deserializer", KafkaAvroDeserializer.class,
            "schema.registry.url", registry,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int seen = 0;
    try (var consumer = new KafkaConsumer<String, GenericRecord>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(EVENTS).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (seen < 2 && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, GenericRecord> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.key().equals(account)) {
            print(record);
            seen++;
          }
        }
      }
    }
    System.exit(seen == 2 ? 0 : 1);
  }

  private static void print(ConsumerRecord<String, GenericRecord> record) {
    var line = new StringBuilder(record.value().getSchema().getFullName());
    record
        .value()
        .getSchema()
        .getFields()
        .forEach(
            field -> {
              Object value = record.value().get(field.name());
              if (value instanceof ByteBuffer bytes) {
                byte[] unscaled = new byte[bytes.remaining()];
                bytes.duplicate().get(unscaled);
                value = new java.math.BigDecimal(new java.math.BigInteger(unscaled), 2);
              }
              line.append(' ').append(field.name()).append('=').append(value);
            });
    line.append(" version=").append(new String(record.headers().lastHeader("ce_version").value()));
    System.out.println(line);
  }
}
