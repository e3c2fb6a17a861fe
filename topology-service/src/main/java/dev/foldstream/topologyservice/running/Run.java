package dev.foldstream.topologyservice.running;

import dev.foldstream.eventstore.recovery.StreamsHealth;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.Observed.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version in this process, from its start to its end. */
public final class Run {

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final Wanted wanted;
  private final long revision;
  private volatile @Nullable Application application;
  private volatile Observed observed;

  /**
   * A run that is not started.
   *
   * @param revision of the head that wanted it
   */
  Run(Wanted wanted, long revision) {
    this.wanted = wanted;
    this.revision = revision;
    this.observed = new Observed(State.STARTING, now(), null);
  }

  Wanted wanted() {
    return wanted;
  }

  public StoredVersion version() {
    return wanted.version();
  }

  /** Whether it writes sinks of its own. */
  public boolean beside() {
    return wanted.beside();
  }

  /** Null until it could be compiled. */
  public @Nullable Compiled compiled() {
    Application known = application;
    return known == null ? null : known.compiled();
  }

  /** Null until it could be compiled. */
  public @Nullable Tally tally() {
    Application known = application;
    return known == null ? null : known.tally();
  }

  /** Null until it was started. */
  public @Nullable KafkaStreams streams() {
    Application known = application;
    return known == null ? null : known.current().get();
  }

  /** How often it ended and was started anew. */
  public long failures() {
    Application known = application;
    return known == null ? 0 : known.streams().health().failures();
  }

  /** The partitions that this process works on. */
  public SortedSet<Integer> partitions() {
    Application known = application;
    return known == null ? new TreeSet<>() : known.streams().health().partitions();
  }

  public Observed observed() {
    Application known = application;
    if (known != null && observed.state() != State.STOPPED) {
      StreamsHealth health = known.streams().health();
      observe(state(health.state()), health.lastFailure());
    }
    return observed;
  }

  private static State state(StreamsHealth.State state) {
    return switch (state) {
      case STARTING -> State.STARTING;
      case RUNNING -> State.RUNNING;
      case REBALANCING -> State.REBALANCING;
      case FAILED -> State.PARKED;
      case STOPPED -> State.STOPPED;
    };
  }

  private synchronized void observe(State state, @Nullable String reason) {
    if (observed.state() != state) {
      observed = new Observed(state, now(), reason);
    }
  }

  /** Whether there is something to do to start it, seen from this revision of the head. */
  boolean startable(long now) {
    return switch (observed().state()) {
      case WAITING -> true;
      case PARKED -> now > revision;
      case STARTING -> application == null;
      case RUNNING, REBALANCING, STOPPED -> false;
    };
  }

  void start(Starter starter) {
    try {
      application = starter.start(wanted);
      LOG.info("Runs {} version {}", version().name(), version().version());
    } catch (KafkaUnreachableException
        | SchemaRegistryUnavailableException
        | RetriableException away) {
      observe(State.WAITING, away.getMessage());
    } catch (RuntimeException | LinkageError wrong) {
      String reason = String.valueOf(wrong.getMessage());
      LOG.warn("{} version {} is parked", version().name(), version().version(), wrong);
      observe(State.PARKED, reason);
    }
  }

  void stop() {
    Application known = application;
    if (known != null) {
      known.streams().close();
    }
    observe(State.STOPPED, null);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
