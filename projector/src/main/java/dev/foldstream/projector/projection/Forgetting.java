package dev.foldstream.projector.projection;

import dev.foldstream.viewstore.ViewStoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what stores keep of views whose topology, or version of it, is no longer registered. It
 * waits until everybody has heard of that, because others may still read or write them.
 */
final class Forgetting {

  static final Duration AFTER = Duration.ofSeconds(20);

  private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);

  private final Set<String> kept = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService threads =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("forgets-views").factory());

  private static String name(ProjectionTarget target) {
    return target.view().path() + "/" + target.storeName();
  }

  /** These are gone, unless they are kept under another address. */
  void unless(Collection<ProjectionTarget> now, Collection<ProjectionTarget> gone) {
    var names = new HashSet<String>();
    now.forEach(target -> names.add(name(target)));
    kept.addAll(names);
    kept.retainAll(names);
    gone.stream().filter(target -> !names.contains(name(target))).forEach(this::later);
  }

  private void later(ProjectionTarget target) {
    var _ = threads.schedule(() -> forget(target), AFTER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void forget(ProjectionTarget target) {
    if (kept.contains(name(target))) {
      return;
    }
    try {
      target.store().forget(target.view());
      LOG.info("{} is no longer kept: its topology, or this version of it, is gone", target);
    } catch (ViewStoreUnavailableException away) {
      later(target);
    } catch (RuntimeException bug) {
      LOG.error("What is kept of {} stays, and may be dropped by hand", target, bug);
    }
  }

  void close() {
    threads.shutdownNow();
  }
}
