package dev.foldstream.topologyservice.quarantine;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.schemas.json.InvalidJsonException;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.build.Redrive;
import dev.foldstream.topologyservice.positions.Positions;
import dev.foldstream.topologyservice.settings.QuarantineSettings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a topology set aside: read from its quarantine topic when it is asked for, and given to the
 * topology again. Nothing is ever deleted from the topic; what was done is a record behind it.
 */
@Singleton
public final class Quarantine {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration READ_WITHIN = Duration.ofSeconds(10);
  private static final int GIVEN_AT_ONCE = 200;
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

  private final String bootstrapServers;
  private final Positions positions;
  private final QuarantineWriter writer;
  private final QuarantineSettings settings;
  private final RecordJson json = new RecordJson();

  Quarantine(
      KafkaSettings kafka,
      Positions positions,
      QuarantineWriter writer,
      QuarantineSettings settings) {
    this.bootstrapServers = kafka.servers();
    this.positions = positions;
    this.writer = writer;
    this.settings = settings;
  }

  /**
   * What was given again.
   *
   * @param redriven ids
   * @param guarded ids of those that were given as often as is allowed
   * @param gone ids of those whose record is older than its topic's retention
   * @param left how many more wait than one request takes
   */
  public record Redriving(
      boolean dryRun, List<String> redriven, List<String> guarded, List<String> gone, int left) {}

  /** Newest first; of the newest records as many as are read at most. */
  public List<Case> cases(String topology) {
    var aside = new LinkedHashMap<String, SetAside>();
    var redriven = new HashMap<String, Redriven>();
    for (ConsumerRecord<byte[], byte[]> record : records(topology)) {
      take(record, aside, redriven);
    }
    return aside.values().stream()
        .map(found -> Case.of(found, redriven.get(found.id())))
        .toList()
        .reversed();
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record,
      Map<String, SetAside> aside,
      Map<String, Redriven> redriven) {
    try {
      Header kind = record.headers().lastHeader(QuarantineWriter.KIND);
      String words = kind == null ? "" : new String(kind.value(), StandardCharsets.UTF_8);
      if (words.equals(QuarantineWriter.SET_ASIDE)) {
        var found = json.read(record.value(), SetAside.class);
        aside.remove(found.id());
        aside.put(found.id(), found);
      } else if (words.equals(QuarantineWriter.REDRIVEN)) {
        var found = json.read(record.value(), Redriven.class);
        redriven.put(found.id(), found);
      }
    } catch (InvalidJsonException foreign) {
      LOG.warn(
          "{}@{} is no record of a quarantine and is skipped: {}",
          record.topic(),
          record.offset(),
          foreign.getMessage());
    }
  }

  /**
   * Gives open ones to their topology again, the oldest first.
   *
   * @param ids empty for all
   */
  public Redriving redrive(String topology, Set<String> ids, boolean dryRun, String by) {
    List<Case> open =
        cases(topology).reversed().stream()
            .filter(found -> found.state().equals(Case.OPEN))
            .filter(found -> ids.isEmpty() || ids.contains(found.id()))
            .toList();
    int count = Math.min(open.size(), settings.redriveAtOnce());
    var guarded = new ArrayList<String>();
    var wanted = new ArrayList<Case>();
    for (Case one : open.subList(0, count)) {
      if (one.redrives() >= settings.maxRedrives()) {
        guarded.add(one.id());
      } else {
        wanted.add(one);
      }
    }
    List<String> redriven = dryRun ? ids(wanted) : given(topology, wanted, by);
    List<String> gone = wanted.stream().map(Case::id).filter(id -> !redriven.contains(id)).toList();
    return new Redriving(dryRun, redriven, guarded, gone, open.size() - count);
  }

  private static List<String> ids(List<Case> cases) {
    return cases.stream().map(Case::id).toList();
  }

  /** Some at a time, so that few of their records are in memory at once. */
  private List<String> given(String topology, List<Case> wanted, String by) {
    var given = new ArrayList<String>();
    for (int from = 0; from < wanted.size(); from += GIVEN_AT_ONCE) {
      List<Case> some = wanted.subList(from, Math.min(wanted.size(), from + GIVEN_AT_ONCE));
      Map<RecordPointer, ConsumerRecord<byte[], byte[]>> originals = originals(some);
      List<Case> there = some.stream().filter(one -> originals.containsKey(place(one))).toList();
      if (there.isEmpty()) {
        continue;
      }
      writer.send(
          there.stream()
              .map(one -> again(topology, one, Objects.requireNonNull(originals.get(place(one)))))
              .toList());
      var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      writer.store(
          topology,
          there.stream().map(one -> new Redriven(one.id(), one.redrives() + 1, by, now)).toList());
      given.addAll(ids(there));
      LOG.info("{} of {} events were given to {} again", given.size(), wanted.size(), topology);
    }
    return given;
  }

  private static RecordPointer place(Case one) {
    return new RecordPointer(one.topic(), one.partition(), one.offset());
  }

  private static ProducerRecord<byte[], byte[]> again(
      String topology, Case one, ConsumerRecord<byte[], byte[]> record) {
    var again =
        new ProducerRecord<>(
            TopicNames.redrive(topology, one.topic()),
            one.partition(),
            record.timestamp(),
            record.key(),
            record.value(),
            record.headers());
    String pointer = new RecordPointer(one.topic(), one.partition(), one.offset()).toString();
    again.headers().remove(Redrive.RECORD).add(Redrive.RECORD, QuarantineWriter.bytes(pointer));
    again
        .headers()
        .remove(Redrive.COUNT)
        .add(Redrive.COUNT, QuarantineWriter.bytes(Integer.toString(one.redrives() + 1)));
    return again;
  }

  /** Those of which the records are still there, read with one consumer. */
  private Map<RecordPointer, ConsumerRecord<byte[], byte[]>> originals(List<Case> cases) {
    var wanted = new HashMap<TopicPartition, NavigableSet<Long>>();
    for (Case one : cases) {
      wanted
          .computeIfAbsent(new TopicPartition(one.topic(), one.partition()), _ -> new TreeSet<>())
          .add(one.offset());
    }
    var topics = wanted.keySet().stream().map(TopicPartition::topic).distinct().toList();
    wanted.keySet().retainAll(positions.partitions(topics));
    Map<TopicPartition, Long> begins = positions.begins(wanted.keySet());
    Map<TopicPartition, Long> ends = positions.ends(wanted.keySet());
    var found = new HashMap<RecordPointer, ConsumerRecord<byte[], byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      wanted.forEach(
          (partition, offsets) -> {
            offsets.headSet(begins.getOrDefault(partition, 0L)).clear();
            offsets.tailSet(ends.getOrDefault(partition, 0L)).clear();
            read(consumer, partition, offsets, found);
          });
    }
    return found;
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      NavigableSet<Long> left,
      Map<RecordPointer, ConsumerRecord<byte[], byte[]>> found) {
    long until = System.nanoTime() + READ_WITHIN.toNanos();
    consumer.assign(List.of(partition));
    while (!left.isEmpty()) {
      if (System.nanoTime() > until) {
        throw new org.apache.kafka.common.errors.TimeoutException(
            "wanted %d records of %s within %s; found no end"
                .formatted(left.size(), partition, READ_WITHIN));
      }
      consumer.seek(partition, left.first());
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (left.remove(record.offset())) {
          found.put(new RecordPointer(record.topic(), record.partition(), record.offset()), record);
        }
      }
      // What was passed over is not there any more.
      left.headSet(consumer.position(partition)).clear();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topology) {
    var partition = new TopicPartition(TopicNames.topologyQuarantine(topology), 0);
    if (positions.partitions(List.of(partition.topic())).isEmpty()) {
      return List.of();
    }
    long begin = positions.begins(List.of(partition)).getOrDefault(partition, 0L);
    long end = positions.ends(List.of(partition)).getOrDefault(partition, 0L);
    return read(partition, Math.max(begin, end - settings.maxEntries()), end);
  }

  private List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long from, long end) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    long until = System.nanoTime() + READ_WITHIN.toNanos();
    try (var consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, from);
      while (consumer.position(partition) < end && System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.offset() < end) {
            records.add(record);
          }
        }
      }
    }
    return records;
  }

  private Map<String, Object> settings() {
    var all = new HashMap<String, Object>();
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, "foldstream-topology-quarantine-reader");
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return all;
  }
}
