package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.decision.DecisionHealth.State;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the commands of one aggregate type, together with all other instances of the same
 * application.
 *
 * <ol>
 *   <li>{@code start} wants the topics to exist and the schemas to be registered. It returns before
 *       partitions are assigned; {@link #health} says when they are.
 *   <li>A task decides only when its store has seen every event of its partition.
 *   <li>An outage of the broker heals by itself.
 *   <li>{@code close} leaves the group, so other instances take over at once.
 * </ol>
 */
public final class DecisionApplication implements AutoCloseable {

  static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  /** Between the end of a life after a failure and the next. */
  static final Duration PAUSE = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(DecisionApplication.class);

  private final Domain domain;
  private final Feature.Aggregate<?, ?, ?> aggregate;
  private final DecisionWire wire;
  private final DecisionSettings settings;
  private final Consumer<KafkaStreams> whenCreated;
  private final DecisionCounts counts = new DecisionCounts();
  private final String name;
  private volatile State outside = State.STOPPED;
  private volatile @Nullable Run run;
  private boolean closed;

  /** One life of a {@link KafkaStreams}; the failures are those of all lives. */
  private record Run(
      DecisionPlan<?, ?, ?> plan, LogEnds ends, KafkaStreams streams, FailureHandler failures) {}

  public DecisionApplication(
      Domain domain,
      Feature.Aggregate<?, ?, ?> aggregate,
      DecisionWire wire,
      DecisionSettings settings) {
    this(domain, aggregate, wire, settings, streams -> {});
  }

  /**
   * An application that shows its streams, for metrics.
   *
   * @param whenCreated is called with them before they start
   */
  public DecisionApplication(
      Domain domain,
      Feature.Aggregate<?, ?, ?> aggregate,
      DecisionWire wire,
      DecisionSettings settings,
      Consumer<KafkaStreams> whenCreated) {
    this.domain = domain;
    this.aggregate = aggregate;
    this.wire = wire;
    this.settings = settings;
    this.whenCreated = whenCreated;
    this.name = domain.name() + "." + aggregate.name();
  }

  /** {@code <domain>.<aggregate>}. */
  public String name() {
    return name;
  }

  public DecisionCounts counts() {
    return counts;
  }

  /** Registers the schemas of commands, events, outcomes and quarantine; harmless when done. */
  public void registerSchemas() {
    registerSchemas(domain, aggregate, wire);
  }

  static void registerSchemas(
      Domain domain, Feature.Aggregate<?, ?, ?> aggregate, DecisionWire wire) {
    var topics = DecisionPlan.topicsOf(domain, aggregate);
    wire.codec().register(topics.commands(), aggregate.commands());
    wire.codec().register(topics.events(), aggregate.events());
    wire.outcomes().register(topics.outcomes());
    wire.quarantined().register(topics.quarantine());
  }

  public synchronized void start() {
    if (run != null) {
      throw new IllegalStateException(name + " was started before");
    }
    outside = State.STARTING;
    try (var cluster = new Cluster(settings.bootstrapServers())) {
      DecisionPlan<?, ?, ?> plan = plan(cluster);
      OtherVersions.refuse(cluster, plan);
      new HangingTransactions(cluster.admin()).abort(plan);
      LogEnds ends = cluster.logEnds(plan.eventsTopic());
      var fold = new StateFold(plan, settings, cluster, ends);
      if (fold.needed()) {
        outside = State.FOLDING;
        fold.run(domain);
        outside = State.STARTING;
      }
      if (settings.streamsProtocol()) {
        cluster.setGroupTimeouts(plan.applicationId());
      }
      run = started(plan, ends, new FailureHandler(plan.applicationId()));
    }
  }

  private Run started(DecisionPlan<?, ?, ?> plan, LogEnds ends, FailureHandler failures) {
    var streams =
        new KafkaStreams(
            DecisionTopology.of(plan, ends, counts),
            StreamsSettings.of(plan.applicationId(), settings));
    streams.setUncaughtExceptionHandler(failures);
    var ran = new AtomicBoolean();
    streams.setStateListener(
        (now, before) -> {
          changed(streams, now, before, failures);
          if (now == KafkaStreams.State.RUNNING && ran.getAndSet(true)) {
            // It got over something by itself, which may have left a transaction open.
            Thread.ofVirtual().name(name + "-look").start(() -> endTransactions(plan));
          }
        });
    var standstill = new Standstill();
    streams.setGlobalStateRestoreListener(standstill);
    whenCreated.accept(streams);
    streams.start();
    Thread.ofVirtual().name(name + "-watch").start(() -> watch(streams, standstill));
    return new Run(plan, ends, streams, failures);
  }

  private void changed(
      KafkaStreams streams,
      KafkaStreams.State now,
      KafkaStreams.State before,
      FailureHandler failures) {
    LOG.info("{}: {} -> {}", name, before, now);
    if (now == KafkaStreams.State.ERROR && failures.goesOn()) {
      Thread.ofVirtual().name(name + "-again").start(() -> again(streams));
    }
  }

  private void watch(KafkaStreams streams, Standstill standstill) {
    try {
      if (standstill.await(streams)) {
        LOG.warn("{} has not got on for {}; it is started anew", name, Standstill.LONGEST);
        again(streams);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts anew what ended or stands still, after a pause. */
  private void again(KafkaStreams ended) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return;
    }
    synchronized (this) {
      Run last = run;
      if (!closed && last != null && last.streams().equals(ended)) {
        ended.close(leaving());
        endTransactions(last.plan());
        run = started(last.plan(), last.ends(), last.failures());
      }
    }
  }

  /** Whoever reads committed records must not wait for what the last life left open. */
  private void endTransactions(DecisionPlan<?, ?, ?> plan) {
    try (var cluster = new Cluster(settings.bootstrapServers())) {
      new HangingTransactions(cluster.admin()).abort(plan);
    } catch (RuntimeException unreachable) {
      LOG.warn("{} could not look for open transactions: {}", name, unreachable.getMessage());
    }
  }

  private DecisionPlan<?, ?, ?> plan(Cluster cluster) {
    String commands = DecisionPlan.topicsOf(domain, aggregate).commands();
    TopicDescription topic = cluster.topic(commands);
    return DecisionPlan.of(
        domain, aggregate, wire, topic.partitions().size(), topic.topicId(), settings.remember());
  }

  public DecisionHealth health() {
    Run current = run;
    if (current == null) {
      return new DecisionHealth(name, outside, Collections.emptySortedSet(), 0, null);
    }
    return new DecisionHealth(
        name,
        state(current),
        partitions(current.streams()),
        current.failures().failures(),
        current.failures().lastFailure());
  }

  private static State state(Run run) {
    return switch (run.streams().state()) {
      case CREATED -> State.STARTING;
      case REBALANCING -> State.REBALANCING;
      case RUNNING -> State.RUNNING;
      case PENDING_SHUTDOWN, NOT_RUNNING -> State.STOPPED;
      case PENDING_ERROR, ERROR -> run.failures().goesOn() ? State.REBALANCING : State.FAILED;
    };
  }

  private static SortedSet<Integer> partitions(KafkaStreams streams) {
    var partitions = new TreeSet<Integer>();
    streams
        .metadataForLocalThreads()
        .forEach(
            thread ->
                thread.activeTasks().forEach(task -> partitions.add(task.taskId().partition())));
    return partitions;
  }

  @Override
  public synchronized void close() {
    closed = true;
    Run current = run;
    if (current != null) {
      boolean inTime = current.streams().close(leaving());
      if (!inTime) {
        LOG.warn(
            "{} did not close within {}; its last commands are decided again", name, CLOSE_WITHIN);
      }
    }
  }

  static CloseOptions leaving() {
    return CloseOptions.timeout(CLOSE_WITHIN)
        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
  }
}
