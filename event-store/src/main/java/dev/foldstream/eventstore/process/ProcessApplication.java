package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.recovery.HangingTransactions;
import dev.foldstream.eventstore.recovery.RecoveringStreams;
import dev.foldstream.eventstore.recovery.StreamsHealth;
import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.streams.CurrentLogEnds;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.types.RecordTypes;
import java.util.Collections;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * Runs the processes of one type, together with all other instances of the same application.
 *
 * <ol>
 *   <li>{@code fixStart} says from where a type that never ran takes events. It is called before
 *       anything can happen that the type must not miss; called again it changes nothing.
 *   <li>{@code start} wants the topics to exist and the schemas to be registered. It returns before
 *       partitions are assigned; {@link #health} says when they are.
 *   <li>An outage of the broker heals by itself.
 *   <li>{@code close} leaves the group, so other instances take over at once.
 * </ol>
 */
public final class ProcessApplication implements AutoCloseable {

  private final Domain domain;
  private final Feature.Process<?, ?, ?> process;
  private final ProcessWire wire;
  private final ProcessSettings settings;
  private final Consumer<KafkaStreams> whenCreated;
  private final ProcessCounts counts = new ProcessCounts();
  private final String name;
  private volatile @Nullable RecoveringStreams run;

  public ProcessApplication(
      Domain domain, Feature.Process<?, ?, ?> process, ProcessWire wire, ProcessSettings settings) {
    this(domain, process, wire, settings, streams -> {});
  }

  /**
   * An application that shows its streams, for metrics.
   *
   * @param whenCreated is called with them before they start
   */
  public ProcessApplication(
      Domain domain,
      Feature.Process<?, ?, ?> process,
      ProcessWire wire,
      ProcessSettings settings,
      Consumer<KafkaStreams> whenCreated) {
    this.domain = domain;
    this.process = process;
    this.wire = wire;
    this.settings = settings;
    this.whenCreated = whenCreated;
    this.name = domain.name() + "." + process.name();
  }

  /** {@code <domain>.<process>}. */
  public String name() {
    return name;
  }

  public String domain() {
    return domain.name();
  }

  public Feature.Process<?, ?, ?> process() {
    return process;
  }

  public ProcessCounts counts() {
    return counts;
  }

  /**
   * Registers the schemas of progress, state, quarantine and status; harmless when done.
   *
   * @throws dev.foldstream.schemas.registry.IncompatibleSchemaException when what is stored could
   *     not be read
   */
  public void registerSchemas() {
    registerSchemas(domain, process, wire);
  }

  static void registerSchemas(Domain domain, Feature.Process<?, ?, ?> process, ProcessWire wire) {
    var plan = ProcessPlan.of(domain, process, wire, 1, org.apache.kafka.common.Uuid.ZERO_UUID);
    RecordTypes.permitted(process.progress())
        .forEach(type -> wire.codec().register(plan.eventsTopic(), type));
    wire.quarantined().register(plan.quarantineTopic());
    wire.helpless().register(plan.statusTopic());
    wire.summaries().register(plan.statusTopic());
    plan.states().register();
  }

  /** Says from where a process type that never ran takes events. */
  public void fixStart() {
    try (var cluster = new Cluster(settings.streams().bootstrapServers())) {
      new StartPositions(cluster, plan(cluster), settings).fix();
    }
  }

  public synchronized void start() {
    if (run != null) {
      throw new IllegalStateException(name + " was started before");
    }
    try (var cluster = new Cluster(settings.streams().bootstrapServers())) {
      ProcessPlan<?, ?> plan = plan(cluster);
      new StartPositions(cluster, plan, settings).fix();
      new HangingTransactions(cluster.admin()).abort(plan.writes());
      var ends =
          new CurrentLogEnds(
              settings.streams().bootstrapServers(),
              plan.eventsTopic(),
              cluster.logEnds(plan.eventsTopic()));
      var streams =
          new RecoveringStreams(
              plan.applicationId(),
              settings.streams(),
              () -> ProcessTopology.of(plan, ends, counts),
              plan.writes(),
              whenCreated);
      streams.start();
      run = streams;
    }
  }

  private ProcessPlan<?, ?> plan(Cluster cluster) {
    ProcessPlan<?, ?> anywhere =
        ProcessPlan.of(domain, process, wire, 1, org.apache.kafka.common.Uuid.ZERO_UUID);
    TopicDescription topic = cluster.topic(anywhere.inputsTopic());
    return ProcessPlan.of(domain, process, wire, topic.partitions().size(), topic.topicId());
  }

  /** The events whose process could not be told. */
  public UnroutedEvents unrouted() {
    try (var cluster = new Cluster(settings.streams().bootstrapServers())) {
      return new UnroutedEvents(plan(cluster), settings.streams().bootstrapServers());
    }
  }

  /** Records of all its topics that no instance has taken yet. */
  public long lag() {
    try (var cluster = new Cluster(settings.streams().bootstrapServers())) {
      return new StartPositions(cluster, plan(cluster), settings).lag();
    }
  }

  /** Of the inputs topic, and of all others. */
  public int partitions() {
    return settings.streams().topics().partitions();
  }

  public StreamsHealth health() {
    RecoveringStreams current = run;
    return current == null
        ? new StreamsHealth(StreamsHealth.State.STOPPED, Collections.emptySortedSet(), 0, null)
        : current.health();
  }

  @Override
  public synchronized void close() {
    RecoveringStreams current = run;
    if (current != null) {
      current.close();
    }
  }
}
