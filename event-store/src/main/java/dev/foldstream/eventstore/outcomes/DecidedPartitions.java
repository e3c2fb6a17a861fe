package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes that this instance decides, and its partition of the answers topic.
 *
 * <p><b>No outcome is lost when a partition moves.</b> Whoever takes one over begins at the last
 * position that was committed for it, and positions are committed only when everything before them
 * was handed to its caller or stored in the answers topic. What was handed over twice is harmless:
 * nobody waits for it any more. Nothing older than the longest wait is read: an outcome has the
 * time of its command.
 *
 * <p>A partition that is lost is read a little longer, so that a rebalance that gives it back does
 * not begin anew, and what was committed last is told by who was asked.
 */
final class DecidedPartitions implements ReadPartitions {

  static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  static final Duration KEPT_AFTER_LOSS = Duration.ofSeconds(2);

  /** The broker's clock and this one may differ so much. */
  static final Duration SKEW = Duration.ofSeconds(30);

  private final Supplier<Set<TopicPartition>> decided;
  private final Duration longestWait;
  private final HandledPositions handled;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Map<TopicPartition, Long> decidedAtNanos = new HashMap<>();
  private volatile Set<TopicPartition> assigned = Set.of();
  private @Nullable TopicPartition answers;
  private int answerPartitions;
  private long lookedAtNanos;

  DecidedPartitions(
      Supplier<Set<TopicPartition>> decided, Duration longestWait, HandledPositions handled) {
    this.decided = decided;
    this.longestWait = longestWait;
    this.handled = handled;
  }

  /** What is read now. */
  Set<TopicPartition> assigned() {
    return assigned;
  }

  /** The partition of the answers topic that is this instance's, by its name. */
  int answersAt(Consumer<byte[], byte[]> consumer, String instance) {
    answerPartitions = consumer.partitionsFor(TopicNames.ANSWERS).size();
    int partition = Math.floorMod(instance.hashCode(), answerPartitions);
    answers = new TopicPartition(TopicNames.ANSWERS, partition);
    return partition;
  }

  int answerPartitions() {
    return answerPartitions;
  }

  @Override
  public void begin(Consumer<byte[], byte[]> consumer) {
    assigned = Set.of();
    assign(consumer, wanted());
  }

  @Override
  public void follow(Consumer<byte[], byte[]> consumer) {
    long now = System.nanoTime();
    if (now - lookedAtNanos < BETWEEN_LOOKS.toNanos()) {
      return;
    }
    lookedAtNanos = now;
    Set<TopicPartition> wanted = wanted();
    if (!wanted.equals(assigned)) {
      assign(consumer, wanted);
    }
    handled.commit(consumer, positions, decided());
  }

  private Set<TopicPartition> wanted() {
    long now = System.nanoTime();
    decided().forEach(partition -> decidedAtNanos.put(partition, now));
    decidedAtNanos.values().removeIf(at -> now - at > KEPT_AFTER_LOSS.toNanos());
    var wanted = new HashSet<>(decidedAtNanos.keySet());
    if (answers != null) {
      wanted.add(answers);
    }
    return wanted;
  }

  private Set<TopicPartition> decided() {
    return decided.get();
  }

  private void assign(Consumer<byte[], byte[]> consumer, Set<TopicPartition> wanted) {
    var more = new HashSet<>(wanted);
    more.removeAll(assigned);
    Map<TopicPartition, Long> from = more.isEmpty() ? Map.of() : starts(consumer, more);
    consumer.assign(wanted);
    from.forEach(consumer::seek);
    positions.putAll(from);
    assigned = Set.copyOf(wanted);
  }

  private Map<TopicPartition, Long> starts(
      Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
    // The ends first: what comes after them has a time that is found.
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
    long since = System.currentTimeMillis() - longestWait.plus(SKEW).toMillis();
    var times = new HashMap<TopicPartition, Long>();
    partitions.forEach(partition -> times.put(partition, since));
    var found = consumer.offsetsForTimes(times);
    var starts = new HashMap<TopicPartition, Long>();
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      var recent = found.get(partition);
      long start = recent == null || partition.equals(answers) ? end : recent.offset();
      var before = committed.get(partition);
      start = Math.max(start, before == null ? 0 : before.offset());
      starts.put(partition, Math.min(end, start(partition, start)));
    }
    return starts;
  }

  /** Where this reader itself was, when that is further; the answers topic it reads alone. */
  private long start(TopicPartition partition, long found) {
    Long last = positions.get(partition);
    if (last == null) {
      return found;
    }
    return partition.equals(answers) ? last : Math.max(last, found);
  }

  @Override
  public void taken(Map<TopicPartition, OffsetAndMetadata> next) {
    next.forEach((partition, offset) -> positions.put(partition, offset.offset()));
  }
}
