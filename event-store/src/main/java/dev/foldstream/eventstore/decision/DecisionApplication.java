package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.decision.DecisionHealth.State;
import dev.foldstream.eventstore.recovery.HangingTransactions;
import dev.foldstream.eventstore.recovery.RecoveringStreams;
import dev.foldstream.eventstore.recovery.StreamsHealth;
import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.streams.CurrentLogEnds;
import dev.foldstream.eventstore.streams.LogEnds;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
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

  /** Between two tries to start while the broker or the registry is away. */
  static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(DecisionApplication.class);

  private final Domain domain;
  private final Feature.Aggregate<?, ?, ?> aggregate;
  private final DecisionWire wire;
  private final DecisionSettings settings;
  private final Consumer<KafkaStreams> whenCreated;
  private final DecisionCounts counts = new DecisionCounts();
  private final String name;
  private volatile State outside = State.STOPPED;
  private volatile FoldProgress progress = FoldProgress.NONE;
  private volatile @Nullable String startFailure;
  private volatile @Nullable RecoveringStreams run;
  private volatile boolean closed;

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

  /** Refuses to decide beside another state version, before anything is done. */
  public void check() {
    try (var cluster = new Cluster(settings.bootstrapServers())) {
      OtherVersions.refuse(cluster, plan(cluster));
    }
  }

  /**
   * Starts and returns at once; {@link #health} and {@link #fold} say how far it is. An outage is
   * waited for; anything else ends it as failed.
   */
  public void startInBackground() {
    outside = State.STARTING;
    Thread.ofVirtual().name(name + "-start").start(this::startWhenPossible);
  }

  private void startWhenPossible() {
    while (!closed) {
      try {
        start();
        return;
      } catch (KafkaUnreachableException | SchemaRegistryUnavailableException away) {
        LOG.warn("{} waits to start: {}", name, away.getMessage());
        startFailure = away.getMessage();
        pause();
      } catch (RuntimeException failed) {
        startFailure = String.valueOf(failed.getMessage());
        outside = closed ? State.STOPPED : State.FAILED;
        LOG.error("{} did not start; nothing is decided until it is started again", name, failed);
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_STARTS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the state is folded and the decisions have begun to run. */
  public synchronized void start() {
    if (run != null || closed) {
      throw new IllegalStateException(name + " was started before");
    }
    outside = State.STARTING;
    try (var cluster = new Cluster(settings.bootstrapServers())) {
      DecisionPlan<?, ?, ?> plan = plan(cluster);
      OtherVersions.refuse(cluster, plan);
      new HangingTransactions(cluster.admin()).abort(writes(plan));
      LogEnds ends = cluster.logEnds(plan.eventsTopic());
      foldIfNeeded(plan, cluster, ends);
      outside = State.STARTING;
      var current = new CurrentLogEnds(settings.bootstrapServers(), plan.eventsTopic(), ends);
      var decisions =
          new RecoveringStreams(
              plan.applicationId(),
              settings.streams(),
              () -> DecisionTopology.of(plan, current, counts),
              writes(plan),
              whenCreated);
      decisions.start();
      run = decisions;
    }
  }

  /** Another instance may end the fold while this one still tries; then there is nothing to do. */
  private void foldIfNeeded(DecisionPlan<?, ?, ?> plan, Cluster cluster, LogEnds ends) {
    var fold = new StateFold(plan, settings, cluster, ends, () -> closed);
    if (!fold.needed()) {
      return;
    }
    outside = State.FOLDING;
    var begun = new FoldProgress(FoldProgress.State.FOLDING, 0, ends.events(), Instant.now(), null);
    progress = begun;
    try {
      fold.run(domain, events -> progress = progress.at(events));
    } catch (RuntimeException failed) {
      if (closed || fold.needed()) {
        progress = progress.ended(FoldProgress.State.FAILED, Instant.now());
        throw failed;
      }
      LOG.info("{}: another instance ended the fold: {}", name, failed.getMessage());
    }
    progress = progress.ended(FoldProgress.State.DONE, Instant.now());
  }

  /** How far the fold of the state is. */
  public FoldProgress fold() {
    return progress;
  }

  /** Which state it decides on. */
  public DeciderIdentity identity() {
    String fingerprint = new AggregateEntryCodec<>(aggregate, domain.name()).fingerprint();
    return new DeciderIdentity(
        domain.name(),
        aggregate.name(),
        aggregate.stateVersion(),
        fingerprint,
        DecisionPlan.applicationId(
            domain.name(), aggregate.name(), aggregate.stateVersion(), fingerprint));
  }

  private static Set<String> writes(DecisionPlan<?, ?, ?> plan) {
    return Set.of(
        plan.eventsTopic(), plan.outcomesTopic(), plan.quarantineTopic(), plan.changelogTopic());
  }

  private DecisionPlan<?, ?, ?> plan(Cluster cluster) {
    String commands = DecisionPlan.topicsOf(domain, aggregate).commands();
    TopicDescription topic = cluster.topic(commands);
    return DecisionPlan.of(
        domain, aggregate, wire, topic.partitions().size(), topic.topicId(), settings.remember());
  }

  public DecisionHealth health() {
    RecoveringStreams current = run;
    if (current == null) {
      return new DecisionHealth(name, outside, Collections.emptySortedSet(), 0, startFailure);
    }
    StreamsHealth health = current.health();
    return new DecisionHealth(
        name, state(health), health.partitions(), health.failures(), health.lastFailure());
  }

  /** The partitions of the outcomes topic that this instance writes, as it decides them. */
  public Set<TopicPartition> outcomes() {
    String topic = DecisionPlan.topicsOf(domain, aggregate).outcomes();
    return health().partitions().stream()
        .map(partition -> new TopicPartition(topic, partition))
        .collect(Collectors.toSet());
  }

  private static State state(StreamsHealth health) {
    return switch (health.state()) {
      case STOPPED -> State.STOPPED;
      case STARTING -> State.STARTING;
      case RUNNING -> State.RUNNING;
      case REBALANCING -> State.REBALANCING;
      case FAILED -> State.FAILED;
    };
  }

  @Override
  public void close() {
    closed = true;
    closeStarted();
  }

  /** A start that is under way notices soon. */
  private synchronized void closeStarted() {
    RecoveringStreams current = run;
    if (current != null) {
      current.close();
    }
  }
}
