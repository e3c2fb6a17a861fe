package dev.foldstream.topologyservice.watching;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.topologyservice.answers.TopologyLine;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Topologies;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Every change of a topology, as what it is then. A watcher gets all of them first, so nothing is
 * missed by one that comes again; one that takes them too slowly is let go and comes again.
 */
@Singleton
public final class Changes {

  /** Changes that a watcher may be behind. */
  static final int BUFFER = 256;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Topologies topologies;
  private final LagBoard lags;
  private final int most;
  private final AtomicInteger watchers = new AtomicInteger();
  private final Sinks.Many<String> names = Sinks.many().multicast().directBestEffort();

  Changes(Topologies topologies, LagBoard lags, TopologiesSettings settings) {
    this.topologies = topologies;
    this.lags = lags;
    this.most = settings.watchers();
    topologies.watch(this::changed);
  }

  private synchronized void changed(String name) {
    names.tryEmitNext(name);
  }

  public Flux<TopologyLine> follow() {
    if (watchers.incrementAndGet() > most) {
      watchers.decrementAndGet();
      throw new ProblemException(
              ProblemType.TOO_MANY_WAITS,
              "%d callers follow the changes, which is the most (foldstream.topologies.watchers)"
                  .formatted(most))
          .retryAfter(RETRY_AFTER);
    }
    Flux<String> now =
        Flux.defer(() -> Flux.fromIterable(topologies.registry().all())).map(Entry::name);
    return Flux.merge(now, names.asFlux().onBackpressureBuffer(BUFFER))
        .mapNotNull(this::line)
        .doFinally(signal -> watchers.decrementAndGet());
  }

  private @Nullable TopologyLine line(String name) {
    Entry entry = topologies.registry().find(name);
    return entry == null ? null : TopologyLine.of(entry, topologies.runs(name), lags);
  }
}
