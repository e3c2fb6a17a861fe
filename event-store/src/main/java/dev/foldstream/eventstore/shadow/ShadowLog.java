package dev.foldstream.eventstore.shadow;

import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.OutcomeCodec;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.OutcomeHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a comparison needs, one partition at a time. Keeps the ids, keys and outcomes of the
 * commands of the range; everything else goes by.
 */
final class ShadowLog implements AutoCloseable {

  static final Duration WITHIN = Duration.ofSeconds(10);

  /** How much later the time of an outcome may be than that of the last command of the range. */
  private static final Duration OUTCOMES_AFTER = Duration.ofMinutes(1);

  private static final int MAX_POLL_RECORDS = 500;

  /** The offsets of a partition's commands that are compared. */
  record Slice(int partition, long start, long end) {}

  /** What the commands of a slice ask. */
  private record Asked(Set<ByteBuffer> keys, Set<String> ids, long firstMillis, long lastMillis) {}

  private final String domain;
  private final String aggregate;
  private final OutcomeCodec codec;
  private final BooleanSupplier stopped;
  private final List<Consumer<byte[], byte[]>> consumers = new ArrayList<>();
  private final Consumer<byte[], byte[]> scan;
  private final Consumer<byte[], byte[]> commands;
  private final Consumer<byte[], byte[]> events;

  ShadowLog(
      String bootstrapServers,
      String domain,
      String aggregate,
      OutcomeCodec codec,
      BooleanSupplier stopped) {
    this.domain = domain;
    this.aggregate = aggregate;
    this.codec = codec;
    this.stopped = stopped;
    this.scan = consumer(bootstrapServers);
    this.commands = consumer(bootstrapServers);
    this.events = consumer(bootstrapServers);
  }

  /** The commands of the range, by partition; the report is told how many they are. */
  List<Slice> slices(ShadowRange range, ShadowReport report) {
    int partitions = scan.partitionsFor(TopicNames.commands(domain, aggregate)).size();
    var whole = new ArrayList<Slice>(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      whole.add(whole(partition, range));
    }
    long[] there = whole.stream().mapToLong(slice -> slice.end() - slice.start()).toArray();
    long[] shares = Shares.of(there, range.most());
    long all = Shares.sum(there);
    long wanted = range.last() == null ? all : Math.min(range.last(), all);
    report.begin(Shares.sum(shares), Shares.sum(shares) < wanted);
    return whole.stream().map(slice -> cut(slice, shares[slice.partition()], range)).toList();
  }

  private Slice whole(int partition, ShadowRange range) {
    var place = new TopicPartition(TopicNames.commands(domain, aggregate), partition);
    long end = end(place);
    if (range.from() == null) {
      return new Slice(partition, begin(place), end);
    }
    long start = Math.min(end, offset(place, range.from().toEpochMilli(), end));
    long to = range.to() == null ? end : offset(place, range.to().toEpochMilli(), end);
    return new Slice(partition, start, Math.clamp(to, start, end));
  }

  private static Slice cut(Slice slice, long share, ShadowRange range) {
    return range.from() == null
        ? new Slice(slice.partition(), slice.end() - share, slice.end())
        : new Slice(slice.partition(), slice.start(), slice.start() + share);
  }

  /** What is recorded of this slice; it is read until the next one is opened. */
  RecordedPartition open(Slice slice) {
    var eventsOf = new TopicPartition(TopicNames.events(domain, aggregate), slice.partition());
    long eventsEnd = end(eventsOf);
    var commandsOf = new TopicPartition(TopicNames.commands(domain, aggregate), slice.partition());
    long commandsEnd = end(commandsOf);
    Asked asked = asked(commandsOf, slice);
    Map<String, Outcome> outcomes = outcomes(slice.partition(), asked);
    return new RecordedPartition(
        slice.partition(),
        cursor(commands, commandsOf, slice),
        new LogCursor(
            events,
            eventsOf,
            begin(eventsOf),
            asked.keys().isEmpty() ? 0 : eventsEnd,
            record -> record.key() != null && asked.keys().contains(ByteBuffer.wrap(record.key())),
            stopped),
        asked.ids(),
        outcomes,
        commandsEnd);
  }

  private LogCursor cursor(
      Consumer<byte[], byte[]> consumer, TopicPartition commandsOf, Slice slice) {
    return new LogCursor(consumer, commandsOf, slice.start(), slice.end(), any -> true, stopped);
  }

  private Asked asked(TopicPartition commandsOf, Slice slice) {
    var keys = new HashSet<ByteBuffer>();
    var ids = new HashSet<String>();
    long first = Long.MAX_VALUE;
    long last = 0;
    for (LogCursor records = cursor(scan, commandsOf, slice); records.hasNext(); ) {
      ConsumerRecord<byte[], byte[]> record = records.next();
      if (record.key() != null) {
        keys.add(ByteBuffer.wrap(record.key()));
      }
      ids.add(CommandKey.id(record));
      first = Math.min(first, record.timestamp());
      last = Math.max(last, record.timestamp());
    }
    return new Asked(keys, ids, first, last);
  }

  /** The first outcome of each record of a command. */
  private Map<String, Outcome> outcomes(int partition, Asked asked) {
    var found = new HashMap<String, Outcome>();
    if (asked.ids().isEmpty()) {
      return found;
    }
    var place = new TopicPartition(TopicNames.outcomes(domain, aggregate), partition);
    long end = end(place);
    long start = offset(place, asked.firstMillis(), end);
    long to = offset(place, asked.lastMillis() + OUTCOMES_AFTER.toMillis(), end);
    for (var records = new LogCursor(scan, place, start, to, this::answers, stopped);
        records.hasNext(); ) {
      ConsumerRecord<byte[], byte[]> record = records.next();
      String id = CommandKey.text(record.key());
      String answerId = OutcomeHeaders.answerId(record.headers());
      if (answerId != null && asked.ids().contains(CommandKey.id(id, answerId))) {
        found.putIfAbsent(
            CommandKey.record(id, answerId, record.timestamp()), codec.decode(record.value()));
      }
    }
    return found;
  }

  private boolean answers(ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null;
  }

  private long begin(TopicPartition partition) {
    return scan.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  private long end(TopicPartition partition) {
    return scan.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  /** The first offset from this time on. */
  private long offset(TopicPartition partition, long millis, long otherwise) {
    @Nullable OffsetAndTimestamp offset =
        scan.offsetsForTimes(Map.of(partition, millis)).get(partition);
    return offset == null ? otherwise : offset.offset();
  }

  private Consumer<byte[], byte[]> consumer(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-shadow");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) WITHIN.toMillis());
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) WITHIN.toMillis() / 2);
    var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumers.add(consumer);
    return consumer;
  }

  @Override
  public void close() {
    consumers.forEach(Consumer::close);
  }
}
