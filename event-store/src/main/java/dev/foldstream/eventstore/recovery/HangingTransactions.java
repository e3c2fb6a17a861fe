package dev.foldstream.eventstore.recovery;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.streams.StreamsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that nobody else will end. After a partition was without a leader, a
 * transaction can be open in it that its coordinator does not know of (see {@link
 * SettledProducer}); readers of committed records then wait there for ever. Nobody has read what is
 * in it, and {@link dev.foldstream.eventstore.streams.StateCheck} refuses a state that has seen
 * more or less than what became of it, so to abort it is safe.
 */
public final class HangingTransactions {

  /** Three times a transaction's limit: what is open longer, nobody ends. */
  static final Duration OLDEST_ALIVE = StreamsSettings.SESSION.multipliedBy(3);

  static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private static final Set<TransactionState> ONGOING =
      Set.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT,
          TransactionState.PREPARE_EPOCH_FENCE);

  private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

  private final Admin admin;
  private final Duration oldestAlive;

  public HangingTransactions(Admin admin) {
    this(admin, OLDEST_ALIVE);
  }

  HangingTransactions(Admin admin, Duration oldestAlive) {
    this.admin = admin;
    this.oldestAlive = oldestAlive;
  }

  private record Open(TopicPartition partition, ProducerState producer) {

    boolean same(Open later) {
      return partition.equals(later.partition)
          && producer.producerId() == later.producer.producerId()
          && producer
              .currentTransactionStartOffset()
              .equals(later.producer.currentTransactionStartOffset());
    }
  }

  /**
   * Aborts those in these topics, which one application writes; of one that is not there nothing is
   * said. Returns at once when nothing is open, which is the rule, and soon when what is open is
   * alive.
   */
  public void abort(Collection<String> topics) {
    long until = System.nanoTime() + oldestAlive.toNanos();
    List<Open> open = open(partitions(topics));
    while (!open.isEmpty() && System.nanoTime() < until) {
      pause();
      List<Open> later = open(open.stream().map(Open::partition).distinct().toList());
      open = open.stream().filter(one -> later.stream().anyMatch(one::same)).toList();
    }
    open.stream().filter(one -> !known(one)).forEach(this::abort);
  }

  /**
   * Aborts what a producer has open in these topics, at once. To be called when its coordinator has
   * ended all its transactions and before it begins another: what is open then, the coordinator did
   * not reach.
   */
  void abortEnded(String transactionalId, Collection<String> topics) {
    long producer = described(transactionalId).producerId();
    open(partitions(topics)).stream()
        .filter(open -> open.producer().producerId() == producer)
        .forEach(this::abort);
  }

  private TransactionDescription described(String transactionalId) {
    return Cluster.answer(
        "describe the transaction " + transactionalId,
        admin.describeTransactions(List.of(transactionalId)).description(transactionalId));
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the look for open transactions was stopped", stopped);
    }
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    var written = new HashSet<>(topics);
    // Asked about a topic that is not there, the client asks again without a pause.
    written.retainAll(Cluster.answer("list the topics", admin.listTopics().names()));
    Map<String, TopicDescription> described =
        Cluster.answer("describe the topics", admin.describeTopics(written).allTopicNames());
    var partitions = new ArrayList<TopicPartition>();
    described.forEach(
        (topic, description) ->
            description
                .partitions()
                .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
    return partitions;
  }

  private List<Open> open(List<TopicPartition> partitions) {
    var described = admin.describeProducers(partitions);
    var open = new ArrayList<Open>();
    for (TopicPartition partition : partitions) {
      PartitionProducerState state =
          Cluster.answer("describe " + partition, described.partitionResult(partition));
      state.activeProducers().stream()
          .filter(producer -> producer.currentTransactionStartOffset().isPresent())
          .forEach(producer -> open.add(new Open(partition, producer)));
    }
    return open;
  }

  /** Whether the coordinator has a transaction of this producer that reaches this partition. */
  private boolean known(Open open) {
    long producer = open.producer().producerId();
    var listed =
        admin.listTransactions(new ListTransactionsOptions().filterProducerIds(Set.of(producer)));
    return Cluster.answer("list the transactions of producer " + producer, listed.all()).stream()
        .filter(listing -> ONGOING.contains(listing.state()))
        .map(TransactionListing::transactionalId)
        .anyMatch(id -> reaches(id, open));
  }

  private boolean reaches(String transactionalId, Open open) {
    try {
      return described(transactionalId).topicPartitions().contains(open.partition());
    } catch (TransactionalIdNotFoundException gone) {
      return false;
    }
  }

  private void abort(Open open) {
    ProducerState producer = open.producer();
    OptionalLong start = producer.currentTransactionStartOffset();
    LOG.warn(
        "Aborting a transaction in {} from offset {}, which its coordinator does not know (producer"
            + " {}, epoch {}): readers of committed records wait for it",
        open.partition(),
        start.orElse(-1),
        producer.producerId(),
        producer.producerEpoch());
    var spec =
        new AbortTransactionSpec(
            open.partition(),
            producer.producerId(),
            (short) producer.producerEpoch(),
            producer.coordinatorEpoch().orElse(-1));
    try {
      Cluster.answer(
          "abort a transaction in " + open.partition(), admin.abortTransaction(spec).all());
    } catch (ApiException endedMeanwhile) {
      LOG.warn("It was not aborted: {}", endedMeanwhile.getMessage());
    }
  }
}
