package dev.foldstream.projector.rebuild;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one rebuild. Each can be begun again, so whoever takes the rebuild over goes through
 * all of them and finds most of them done.
 *
 * <p>The version that is built is never ahead of the live one. So any moment of the live version
 * can be met exactly, and is: the store looks at the live version as of one moment, and the built
 * one is brought to the positions of that moment and stands still there while both are compared.
 */
final class RebuildWork {

  private static final Logger LOG = LoggerFactory.getLogger(RebuildWork.class);
  private static final int MAX_LOGGED = 10;

  /** With so few events left the last step, for which the live version waits, is short. */
  private static final long CLOSE_ENOUGH = 2_000;

  private static final int MAX_ROUNDS = 100;
  private static final Duration LAST_STEP = Duration.ofSeconds(5);
  private static final Duration FOLLOW_INTERVAL = Duration.ofMillis(500);

  private final Rebuild rebuild;
  private final ViewRebuilds rebuilds;
  private final RebuildSettings settings;
  private final LogReader reader;
  private final BesideWriter writer;
  private final RebuildSigns signs;

  RebuildWork(
      Rebuild rebuild,
      ViewRebuilds rebuilds,
      RebuildSettings settings,
      LogReader reader,
      BesideWriter writer,
      RebuildSigns signs) {
    this.rebuild = rebuild;
    this.rebuilds = rebuilds;
    this.settings = settings;
    this.reader = reader;
    this.writer = writer;
    this.signs = signs;
  }

  private ViewDefinition view() {
    return rebuild.version().view();
  }

  /** Returns when the rebuild ended. */
  void run() {
    reader.begin(writer.positions());
    signs.check();
    if (rebuild.kind() == RebuildKind.ROLLBACK) {
      makeLive();
      return;
    }
    Comparison comparison = rebuild.comparison();
    if (comparison == null) {
      load();
      comparison = compare();
    }
    if (rebuild.kind() == RebuildKind.VERIFY) {
      signs.close();
      rebuilds.end(rebuild, RebuildState.DONE, null);
      return;
    }
    String wait = whyWait(comparison);
    if (wait != null) {
      awaitOperator(wait);
    }
    makeLive();
  }

  private void load() {
    signs.state(RebuildState.LOADING, null);
    readTo(rebuilds.livePositions(view()), Long.MAX_VALUE);
    signs.state(RebuildState.INDEXING, null);
    rebuilds.finishLoad(rebuild.version());
  }

  /** Reads and folds up to these positions exactly, and writes. */
  private void readTo(Map<TopicPartitionName, Position> vector, long untilNanos) {
    reader.until(vector);
    while (!reader.done()) {
      signs.check();
      if (untilNanos != Long.MAX_VALUE && System.nanoTime() - untilNanos > 0) {
        throw new ViewStoreUnavailableException(
            "the last events did not come within " + LAST_STEP, new IllegalStateException());
      }
      List<RecordedEvent<Object>> events = reader.poll();
      writer.fold(events);
      if (writer.full()) {
        writer.write(reader.positions());
      }
      signs.progress(reader.positions(), vector, reader.upTo());
    }
    writer.write(reader.positions());
    signs.progress(reader.positions(), vector, reader.upTo());
  }

  private Comparison compare() {
    signs.state(RebuildState.COMPARING, null);
    readTo(rebuilds.livePositions(view()), Long.MAX_VALUE);
    Comparison comparison = rebuilds.compare(rebuild, this::bringTo);
    report(comparison);
    return comparison;
  }

  private void bringTo(Map<TopicPartitionName, Position> positions) {
    readTo(positions, Long.MAX_VALUE);
    requireSame(positions);
  }

  private void report(Comparison comparison) {
    if (!comparison.same()) {
      LOG.warn(
          "{} differs from the live version after the same events, {} keys or more: {}",
          rebuild.version(),
          comparison.differences().size(),
          comparison.differences().stream().limit(MAX_LOGGED).toList());
    }
  }

  private void requireSame(Map<TopicPartitionName, Position> live) {
    writer
        .positions()
        .forEach(
            (partition, built) -> {
              long wanted = live.getOrDefault(partition, Position.START).sequence();
              if (built.sequence() != wanted) {
                throw new IllegalStateException(
                    "%s was to be brought to sequence %d of %s; it is at %d"
                        .formatted(rebuild.version(), wanted, partition, built.sequence()));
              }
            });
  }

  private @Nullable String whyWait(Comparison comparison) {
    if (!comparison.same() && !rebuild.changed()) {
      return "the versions differ though the declaration is the same: the live one has drifted, or code was changed without a raised version. Switch or cancel";
    }
    return settings.whenToSwitch() == RebuildSettings.WhenToSwitch.OPERATOR
        ? "an operator switches, as foldstream.projections.switch says"
        : null;
  }

  /** Stays close behind the live version meanwhile. */
  private void awaitOperator(String why) {
    signs.state(RebuildState.READY, why);
    while (!signs.switchAsked()) {
      signs.check();
      readTo(rebuilds.livePositions(view()), Long.MAX_VALUE);
      LockSupport.parkNanos(FOLLOW_INTERVAL.toNanos());
    }
  }

  private void makeLive() {
    signs.state(RebuildState.SWITCHING, null);
    for (int round = 0; round < MAX_ROUNDS && behind() > CLOSE_ENOUGH; round++) {
      readTo(rebuilds.livePositions(view()), Long.MAX_VALUE);
    }
    rebuilds.makeLive(
        rebuild, positions -> readTo(positions, System.nanoTime() + LAST_STEP.toNanos()));
  }

  private long behind() {
    Map<TopicPartitionName, Position> built = writer.positions();
    return rebuilds.livePositions(view()).entrySet().stream()
        .mapToLong(
            live ->
                live.getValue().sequence()
                    - built.getOrDefault(live.getKey(), Position.START).sequence())
        .filter(missing -> missing > 0)
        .sum();
  }

  static void pause(Duration duration) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(duration.toMillis()));
  }
}
