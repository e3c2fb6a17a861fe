package dev.foldstream.projector.projection;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.projector.library.LibraryDomain;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * A fresh events topic of the library and a hand that writes it, as the decision topology would.
 */
public final class LibraryLog implements AutoCloseable {

  public static final int PARTITIONS = 2;
  public static final String TOPIC = TopicNames.events(LibraryDomain.NAME, LibraryDomain.SHELF);

  private final Domain domain = new LibraryDomain();
  private final WireCodec codec;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final long[] sequences = new long[PARTITIONS];

  public LibraryLog(SchemaRegistry registry) throws Exception {
    String servers = DevServices.shared().kafka().bootstrapServers();
    this.codec = new WireCodec(registry, SchemaFiles.of(domain));
    codec.register(TOPIC, ShelfEvent.class);
    this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    recreate();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "library-" + UUID.randomUUID()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  private void recreate() throws Exception {
    if (admin.listTopics().names().get().contains(TOPIC)) {
      admin.deleteTopics(List.of(TOPIC)).all().get();
      Awaitility.await().until(() -> !admin.listTopics().names().get().contains(TOPIC));
    }
    var topic = new NewTopic(TOPIC, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"));
    admin.createTopics(List.of(topic)).all().get();
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> admin.describeTopics(List.of(TOPIC)).allTopicNames().get().size() == 1);
  }

  public WireCodec codec() {
    return codec;
  }

  public Domain domain() {
    return domain;
  }

  /** One transaction with these events of one book. */
  public void commit(int partition, String book, ShelfEvent... events) {
    together(() -> happen(partition, book, events));
  }

  /** One transaction with all that happens meanwhile. */
  public void together(Runnable happening) {
    producer.beginTransaction();
    happening.run();
    producer.commitTransaction();
  }

  /** Within a transaction. */
  public void happen(int partition, String book, ShelfEvent... events) {
    for (ShelfEvent event : events) {
      send(partition, book, ++sequences[partition], codec.encode(TOPIC, (Record) event));
    }
  }

  /** A transaction that leaves nothing but offsets. */
  public void abort(int partition) {
    producer.beginTransaction();
    send(
        partition,
        "never",
        sequences[partition] + 1,
        codec.encode(TOPIC, new ShelfEvent.Bought(1)));
    producer.flush();
    producer.abortTransaction();
  }

  /** The next event of the book is one that nobody can read. */
  public void commitUnreadable(int partition, String book) {
    producer.beginTransaction();
    send(partition, book, ++sequences[partition], new byte[] {9, 9, 9});
    producer.commitTransaction();
  }

  /** Loses the next sequence. */
  public void skip(int partition) {
    sequences[partition]++;
  }

  public long sequence(int partition) {
    return sequences[partition];
  }

  public void deleteEverything(int partition) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(TOPIC, partition), RecordsToDelete.beforeOffset(-1)))
        .all()
        .get();
  }

  private void send(int partition, String book, long sequence, byte[] value) {
    var key = book.getBytes(StandardCharsets.UTF_8);
    var record = new ProducerRecord<>(TOPIC, partition, key, value);
    String command = UUID.randomUUID().toString();
    new EventHeaders(
            command + ":1",
            "library.shelf.Bought",
            Instant.now(),
            sequence,
            sequence,
            new Metadata(command, command, command, Metadata.ANONYMOUS),
            sequence,
            null)
        .write(record.headers(), "/foldstream/library/shelf/" + book);
    var _ = producer.send(record);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
    admin.close(Duration.ofSeconds(5));
  }
}
