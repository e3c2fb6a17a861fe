package dev.foldstream.eventstore.recovery;

import dev.foldstream.eventstore.streams.Cluster;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * A producer that begins no transaction while an earlier one of its own is open in some partition.
 *
 * <p>When a transaction ends while one of its partitions has no leader, a coordinator of Kafka 4.3
 * and 4.4 takes the partition for a deleted one and writes no marker there. Its records stay open,
 * and the next transaction of the same producer that reaches the partition commits them with its
 * own, though they had been aborted. So what is open after the coordinator says that all has ended
 * is aborted before anything else is written.
 */
final class SettledProducer extends KafkaProducer<byte[], byte[]> {

  private final String bootstrapServers;
  private final String transactionalId;
  private final Collection<String> topics;

  private SettledProducer(Map<String, Object> settings, Collection<String> topics) {
    super(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.bootstrapServers = String.valueOf(settings.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
    this.transactionalId = String.valueOf(settings.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
    this.topics = topics;
  }

  /** Ends when earlier transactions have ended, in every partition of the topics. */
  @Override
  public void initTransactions() {
    super.initTransactions();
    settle();
  }

  @Override
  public void abortTransaction() {
    super.abortTransaction();
    settle();
  }

  private void settle() {
    try (var cluster = new Cluster(bootstrapServers)) {
      new HangingTransactions(cluster.admin()).abortEnded(transactionalId, topics);
    }
  }

  /**
   * The clients of an application whose producer is a settled one.
   *
   * @param topics what the application writes
   */
  static DefaultKafkaClientSupplier clients(Collection<String> topics) {
    return new DefaultKafkaClientSupplier() {
      @Override
      public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return settings.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG)
            ? new SettledProducer(settings, topics)
            : super.getProducer(settings);
      }
    };
  }
}
