package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.positions.Positions;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.Registry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.Topologies;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Reading again from a time: a next version with the same text, without state, that begins there.
 * So nothing of the version before is lost, and a rollback leads back to it.
 */
@Singleton
public final class Resets {

  public static final String RESET = "RESET";

  private final Topologies topologies;
  private final Compiling compiling;
  private final Positions positions;
  private final Cleaner cleaner;

  Resets(Topologies topologies, Compiling compiling, Positions positions, Cleaner cleaner) {
    this.topologies = topologies;
    this.compiling = compiling;
    this.positions = positions;
    this.cleaner = cleaner;
  }

  /**
   * What a reset does.
   *
   * @param readAgain events that the live version has read and the next one reads again, by topic
   * @param leftOut events that no version reads, by topic
   * @param tables topics that are read from their beginning whatever the time
   */
  public record Planned(
      Map<String, Long> readAgain, Map<String, Long> leftOut, List<String> tables) {}

  public Planned plan(String name, Begin from) {
    StoredVersion live = live(Refusals.existing(name, topologies.registry().find(name)));
    Compiled compiled = compiling.compiled(live);
    List<String> streams = Sources.streams(compiled);
    Map<TopicPartition, Long> next = from.offsets(positions, streams);
    Map<TopicPartition, Long> begins = positions.begins(next.keySet());
    Map<TopicPartition, Long> read = positions.committed(live.applicationId(), next.keySet());
    var again = new TreeMap<String, Long>();
    var leftOut = new TreeMap<String, Long>();
    next.forEach(
        (partition, offset) -> {
          long now = read.getOrDefault(partition, begins.getOrDefault(partition, 0L));
          again.merge(partition.topic(), Math.max(0, now - offset), Long::sum);
          leftOut.merge(partition.topic(), Math.max(0, offset - now), Long::sum);
        });
    List<String> tables =
        Sources.topics(compiled).stream().filter(topic -> !streams.contains(topic)).toList();
    return new Planned(again, leftOut, tables);
  }

  public Entry reset(String name, Begin from, String by) {
    Entry before = Refusals.existing(name, topologies.registry().find(name));
    List<String> streams = Sources.streams(compiling.compiled(live(before)));
    Map<TopicPartition, Long> offsets = from.offsets(positions, streams);
    Entry now =
        topologies
            .registry()
            .change(
                name,
                entry -> {
                  Entry found = Refusals.existing(name, entry);
                  StoredVersion next = next(found, from, by);
                  positions.set(next.applicationId(), offsets);
                  return Registry.Change.of(found.head().inPlace(next.version(), by), next);
                });
    Entry entry = Objects.requireNonNull(now);
    cleaner.after(before, entry);
    return entry;
  }

  private static StoredVersion live(Entry entry) {
    if (entry.candidate() != null || entry.head().handOver() != null) {
      throw Refusals.notNow(
          "wanted to reset '%s'; another version runs beside the live one. Mend: promote or cancel it first"
              .formatted(entry.name()));
    }
    return Objects.requireNonNull(entry.live());
  }

  private static StoredVersion next(Entry entry, Begin from, String by) {
    StoredVersion live = live(entry);
    int number = entry.head().newest() + 1;
    return new StoredVersion(
        live.name(),
        number,
        live.text(),
        live.mediaType(),
        live.digest(),
        number,
        RESET,
        List.of("version %d, read again from %s".formatted(live.version(), words(from))),
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        by,
        live.views());
  }

  private static String words(Begin from) {
    return switch (from) {
      case Begin.Beginning _ -> "the beginning";
      case Begin.Now _ -> "now on";
      case Begin.At(Instant time) -> time.toString();
    };
  }
}
