package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.positions.Lag;
import dev.foldstream.topologyservice.positions.Positions;
import dev.foldstream.topologyservice.registry.Desired;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.HandOver;
import dev.foldstream.topologyservice.registry.HandOver.Phase;
import dev.foldstream.topologyservice.registry.Head;
import dev.foldstream.topologyservice.registry.Registry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.Topologies;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the candidate live.
 *
 * <ol>
 *   <li>The candidate stops everywhere, at its positions.
 *   <li>The live version runs until it has read at least as far, then stops everywhere, too.
 *   <li>The candidate is live: it goes on from its own positions and state, into the sinks.
 * </ol>
 *
 * So no event is left out of the sinks. Those between the two positions are in them twice, once as
 * each version sees them; their number is told. When a step is not done in time, or the process
 * that leads it dies, it is given up and both go on as before.
 */
@Singleton
public final class Promotion {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Logger LOG = LoggerFactory.getLogger(Promotion.class);

  private final Topologies topologies;
  private final Compiling compiling;
  private final Positions positions;
  private final Cleaner cleaner;
  private final TopologiesSettings settings;

  Promotion(
      Topologies topologies,
      Compiling compiling,
      Positions positions,
      Cleaner cleaner,
      TopologiesSettings settings) {
    this.topologies = topologies;
    this.compiling = compiling;
    this.positions = positions;
    this.cleaner = cleaner;
    this.settings = settings;
    topologies.watch(this::giveUpWhenAbandoned);
  }

  /**
   * What became of it.
   *
   * @param lag of the candidate when it was asked for
   * @param givenTwice events whose results both versions wrote to the sinks
   */
  public record Promoted(Entry entry, int version, long lag, long givenTwice) {}

  public Promoted promote(String name, boolean force, String by) {
    Entry entry = Refusals.existing(name, topologies.registry().find(name));
    StoredVersion candidate = candidate(entry);
    List<String> topics = Sources.topics(compiling.compiled(candidate));
    Lag lag = positions.lag(candidate.applicationId(), topics);
    if (!force && lag.events() > settings.promoteLag()) {
      throw Refusals.notNow(
              "wanted version %d of '%s' to be at most %d events behind; found %d. Mend: wait, or ask with force"
                  .formatted(candidate.version(), name, settings.promoteLag(), lag.events()))
          .member("lag", lag.events());
    }
    HandOver begun = begin(name, candidate.version(), by);
    try {
      long twice = handOver(name, entry, candidate, topics, force, begun, by);
      Entry now = finish(name, begun, by);
      cleaner.after(entry, now);
      return new Promoted(now, candidate.version(), lag.events(), twice);
    } catch (RuntimeException failed) {
      giveUp(name, begun, by);
      throw failed;
    }
  }

  private static StoredVersion candidate(Entry entry) {
    StoredVersion candidate = entry.candidate();
    if (candidate == null) {
      throw Refusals.notNow(
          "wanted a version of '%s' that runs beside the live one; found none. PUT a changed document, or roll back"
              .formatted(entry.name()));
    }
    if (entry.head().desired() != Desired.RUNNING) {
      throw Refusals.notNow(
          "'%s' is %s. Mend: resume it first".formatted(entry.name(), entry.head().desired()));
    }
    if (entry.head().handOver() != null) {
      throw Refusals.notNow("'%s' is being promoted already".formatted(entry.name()));
    }
    return candidate;
  }

  private HandOver begin(String name, int version, String by) {
    Entry now =
        topologies
            .registry()
            .change(
                name,
                entry -> {
                  Entry found = Refusals.existing(name, entry);
                  if (candidate(found).version() != version) {
                    throw Refusals.notNow("another version of '%s' runs now".formatted(name));
                  }
                  return Registry.Change.of(found.head().handingOver(Phase.CANDIDATE_STOPS, by));
                });
    return Objects.requireNonNull(Objects.requireNonNull(now).head().handOver());
  }

  /** Returns how many events both versions have read. */
  private long handOver(
      String name,
      Entry entry,
      StoredVersion candidate,
      List<String> topics,
      boolean force,
      HandOver begun,
      String by) {
    var until = System.nanoTime() + settings.handOverWithin().toNanos();
    await(until, "the candidate stops", () -> positions.idle(candidate.applicationId()));
    List<TopicPartition> partitions = positions.partitions(topics);
    Map<TopicPartition, Long> read = positions.committed(candidate.applicationId(), partitions);
    StoredVersion live = Objects.requireNonNull(entry.live());
    if (!(force && positions.idle(live.applicationId()))) {
      await(
          until,
          "the live version reads as far as the candidate",
          () -> behind(positions.committed(live.applicationId(), partitions), read) == 0);
    }
    move(name, begun, head -> head.handingOver(Phase.LIVE_STOPS, by));
    await(until, "the live version stops", () -> positions.idle(live.applicationId()));
    return behind(read, positions.committed(live.applicationId(), partitions));
  }

  /** How far the first is behind the second, where both have read anything. */
  private static long behind(Map<TopicPartition, Long> first, Map<TopicPartition, Long> second) {
    long sum = 0;
    for (Map.Entry<TopicPartition, Long> position : second.entrySet()) {
      Long other = first.get(position.getKey());
      if (other != null) {
        sum += Math.max(0, position.getValue() - other);
      }
    }
    return sum;
  }

  private Entry finish(String name, HandOver begun, String by) {
    return move(name, begun, head -> head.promoted(by));
  }

  private Entry move(String name, HandOver begun, UnaryOperator<Head> next) {
    Entry now =
        topologies
            .registry()
            .change(
                name,
                entry -> {
                  Entry found = Refusals.existing(name, entry);
                  if (!ours(found, begun)) {
                    throw Refusals.notNow(
                        "the promotion of '%s' was given up by another process; both versions go on"
                            .formatted(name));
                  }
                  return Registry.Change.of(next.apply(found.head()));
                });
    return Objects.requireNonNull(now);
  }

  /** A change of phase is the same hand-over, begun later. */
  private static boolean ours(Entry entry, HandOver begun) {
    HandOver now = entry.head().handOver();
    return now != null && !now.began().isBefore(begun.began());
  }

  private void await(long untilNanos, String what, BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > untilNanos) {
        throw Refusals.notNow(
            "wanted that %s within %s (foldstream.topologies.hand-over-within); it did not. Both versions go on as before. Mend: look at GET /topologies, or ask with force"
                .formatted(what, settings.handOverWithin()));
      }
      Pauses.pass(BETWEEN_LOOKS);
    }
  }

  private void giveUp(String name, HandOver begun, String by) {
    try {
      topologies
          .registry()
          .change(
              name,
              entry ->
                  entry == null || !ours(entry, begun)
                      ? null
                      : Registry.Change.of(entry.head().handingOver(null, by)));
    } catch (RuntimeException later) {
      LOG.warn("The promotion of {} is given up later: {}", name, later.getMessage());
    }
  }

  /** Whoever led it is gone: it would have given it up itself long ago. */
  private void giveUpWhenAbandoned(String name) {
    Entry entry = topologies.registry().find(name);
    HandOver handOver = entry == null ? null : entry.head().handOver();
    if (handOver == null) {
      return;
    }
    var longest = settings.handOverWithin().multipliedBy(2);
    if (handOver.began().plus(longest).isBefore(Instant.now())) {
      LOG.warn("The promotion of {} was abandoned; both versions go on as before", name);
      Thread.ofVirtual().start(() -> giveUp(name, handOver, "topology-service"));
    }
  }
}
