package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.eventstore.wire.ProcessHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one process type whose process could not be told, because {@code processId} threw.
 * They lie in the quarantine topic by pointer. A client for each call: it is a person who asks.
 *
 * <ol>
 *   <li>A retry reads each event again and asks the code of today. One that has a process becomes
 *       its input, behind whatever the process has taken since.
 *   <li>A record behind the pointer, in the same partition, says that it is settled.
 *   <li>Two retries at once, or one that died between the two records, lead to one input: the
 *       process crosses a late event off by its version.
 *   <li>When an event cannot be routed, those of the same aggregate behind it wait with it.
 * </ol>
 */
public final class UnroutedEvents {

  /** So many are listed, and tried in one retry. */
  public static final int MAX_AT_ONCE = 10_000;

  static final String ROUTED = "ROUTED";
  static final String NO_CONCERN = "NO_CONCERN";
  private static final Set<String> SETTLED = Set.of(ROUTED, NO_CONCERN);

  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private static final Comparator<RecordPlace> IN_ORDER =
      Comparator.comparing(RecordPlace::topic)
          .thenComparingInt(RecordPlace::partition)
          .thenComparingLong(RecordPlace::offset);

  private final ProcessPlan<?, ?> plan;
  private final String bootstrapServers;

  UnroutedEvents(ProcessPlan<?, ?> plan, String bootstrapServers) {
    this.plan = plan;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * What came of a retry.
   *
   * @param routed became inputs
   * @param noConcern belong to no process after all
   * @param failed cannot be routed by the code of today either, or wait behind one that cannot
   * @param firstFailure why, of the first of these
   */
  public record Retried(int routed, int noConcern, int failed, @Nullable String firstFailure) {}

  /** One pointer, and where it lies in the quarantine topic. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pointer(int partition, byte @Nullable [] key, QuarantinedInput input) {}

  /** Those that are not settled, in the order of their places, at most {@link #MAX_AT_ONCE}. */
  public List<QuarantinedInput> open() {
    try (var consumer = consumer()) {
      return pointers(consumer).stream().map(Pointer::input).toList();
    } catch (KafkaException unreachable) {
      throw unreachable(unreachable);
    }
  }

  /**
   * Tries all of them.
   *
   * @param send returns when the record is stored
   */
  public Retried retry(Consumer<ProducerRecord<byte[], byte[]>> send) {
    var behind = new HashSet<String>();
    int routed = 0;
    int noConcern = 0;
    int failed = 0;
    String firstFailure = null;
    try (var consumer = consumer()) {
      for (Pointer pointer : pointers(consumer)) {
        ConsumerRecord<byte[], byte[]> event = read(consumer, pointer.input());
        String aggregate = pointer.input().topic() + "/" + text(event.key());
        try {
          if (behind.contains(aggregate)) {
            failed++;
          } else if (route(pointer, event, send)) {
            routed++;
          } else {
            noConcern++;
          }
        } catch (PoisonInputException poison) {
          behind.add(aggregate);
          failed++;
          firstFailure = firstFailure == null ? poison.detail() : firstFailure;
        }
      }
    } catch (KafkaException unreachable) {
      throw unreachable(unreachable);
    }
    return new Retried(routed, noConcern, failed, firstFailure);
  }

  private boolean route(
      Pointer pointer,
      ConsumerRecord<byte[], byte[]> event,
      Consumer<ProducerRecord<byte[], byte[]>> send)
      throws PoisonInputException {
    var place =
        new RecordPlace(event.topic(), event.partition(), event.offset(), event.timestamp());
    Optional<RouteTask.Routed> routed =
        new RouteTask<>(plan).route(place, event.key(), event.value(), event.headers());
    routed.ifPresent(input -> send.accept(input(input, event)));
    send.accept(settled(pointer, routed.map(RouteTask.Routed::processId).orElse(null)));
    return routed.isPresent();
  }

  private ProducerRecord<byte[], byte[]> input(
      RouteTask.Routed routed, ConsumerRecord<byte[], byte[]> event) {
    byte[] key = routed.processId().getBytes(StandardCharsets.UTF_8);
    ProcessHeaders.write(routed.headers(), HeaderNames.LATE, "true");
    return new ProducerRecord<>(
        plan.inputsTopic(),
        Partitions.of(key, plan.partitions()),
        event.timestamp(),
        key,
        event.value(),
        routed.headers());
  }

  private ProducerRecord<byte[], byte[]> settled(Pointer pointer, @Nullable String processId) {
    QuarantinedInput before = pointer.input();
    var settled =
        new QuarantinedInput(
            before.topic(),
            before.partition(),
            before.offset(),
            before.storedAt(),
            processId,
            before.input(),
            processId == null ? NO_CONCERN : ROUTED,
            "a retry read the event again");
    return new ProducerRecord<>(
        plan.quarantineTopic(),
        pointer.partition(),
        pointer.key(),
        plan.wire().quarantined().encode(plan.quarantineTopic(), settled));
  }

  /** The last word on each place counts. */
  private List<Pointer> pointers(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(plan.quarantineTopic()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    var open = new TreeMap<RecordPlace, Pointer>(IN_ORDER);
    long until = System.nanoTime() + WITHIN.toNanos();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      checkTime(until);
      consumer.poll(POLL).forEach(record -> note(open, record));
    }
    return new ArrayList<>(open.values()).subList(0, Math.min(MAX_AT_ONCE, open.size()));
  }

  private void note(Map<RecordPlace, Pointer> open, ConsumerRecord<byte[], byte[]> record) {
    QuarantinedInput input = plan.wire().quarantined().decode(record.value());
    var place = new RecordPlace(input.topic(), input.partition(), input.offset(), 0);
    if (SETTLED.contains(input.cause())) {
      open.remove(place);
    } else if (input.processId() == null && plan.followed().contains(input.topic())) {
      open.put(place, new Pointer(record.partition(), record.key(), input));
    }
  }

  private ConsumerRecord<byte[], byte[]> read(
      KafkaConsumer<byte[], byte[]> consumer, QuarantinedInput input) {
    var partition = new TopicPartition(input.topic(), input.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, input.offset());
    long until = System.nanoTime() + WITHIN.toNanos();
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() != input.offset()) {
          throw new IllegalStateException(
              "wanted the event at %s, offset %d; found offset %d: the topic was made anew"
                  .formatted(partition, input.offset(), record.offset()));
        }
        return record;
      }
      checkTime(until);
    }
  }

  private void checkTime(long untilNanos) {
    if (System.nanoTime() > untilNanos) {
      throw unreachable(new KafkaException("no record came"));
    }
  }

  private KafkaUnreachableException unreachable(KafkaException cause) {
    return new KafkaUnreachableException("read " + plan.quarantineTopic(), WITHIN, cause);
  }

  private static String text(byte @Nullable [] key) {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) WITHIN.toMillis());
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
