package dev.foldstream.queryservice.changes;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.changes.ChangeCursor;
import dev.foldstream.viewstore.changes.ChangeCursor.Mark;
import dev.foldstream.viewstore.changes.ChangeReader;
import dev.foldstream.viewstore.changes.Changes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.sse.Event;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * All streams of changes of this host: a hub for each view that anybody listens to. When the host
 * is to end they end first, because it waits for answers that are under way.
 */
@Singleton
final class ChangeStreams implements GracefulShutdownCapable {

  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final ViewStores stores;
  private final ChangesSettings settings;
  private final Semaphore permits;
  private final Counter dropped;
  private final Map<String, ViewHub> hubs = new HashMap<>();
  private @Nullable Thread heartbeats;
  private boolean closed;

  ChangeStreams(
      ServedViews views, ViewStores stores, ChangesSettings settings, MeterRegistry meters) {
    views.watch(this::end);
    this.stores = stores;
    this.settings = settings;
    this.permits = new Semaphore(settings.maxClients());
    this.dropped = meters.counter("foldstream.changes.dropped");
    meters.gauge("foldstream.changes.clients", this, ChangeStreams::clients);
  }

  private double clients() {
    return (double) settings.maxClients() - permits.availablePermits();
  }

  /**
   * A stream that begins behind a cursor, behind a token, or now.
   *
   * @param after null when no cursor is given
   * @param token empty when none is given; the view has come as far
   */
  Publisher<Event<String>> stream(
      ServedView view, WantedRows wanted, @Nullable ChangeCursor after, Token token) {
    if (!permits.tryAcquire()) {
      throw new ProblemException(
              ProblemType.TOO_BUSY,
              "At most %d callers listen to changes at the same time, and as many do. Ask again later, or another instance"
                  .formatted(settings.maxClients()))
          .retryAfter(TRY_AGAIN);
    }
    var client = new ChangeClient(settings.queue(), wanted);
    try {
      join(view, client).awaitBeginning();
      begin(view, client, after, token);
    } catch (InterruptedException stopping) {
      leave(view, client);
      Thread.currentThread().interrupt();
      throw new ProblemException(
              ProblemType.TOO_BUSY, "This instance is stopping; ask again, another one answers.")
          .retryAfter(TRY_AGAIN);
    } catch (RuntimeException failure) {
      leave(view, client);
      throw failure;
    }
    return client.events().doFinally(signal -> leave(view, client));
  }

  private synchronized ViewHub join(ServedView view, ChangeClient client) {
    ViewHub hub = hubs.computeIfAbsent(view.path(), path -> hub(view));
    hub.add(client);
    if (closed) {
      client.end();
    } else if (heartbeats == null) {
      heartbeats = Thread.ofVirtual().name("changes-heartbeat").start(this::beat);
    }
    return hub;
  }

  private ViewHub hub(ServedView view) {
    return new ViewHub(view, reader(), stores.changes().feed(), dropped::increment);
  }

  private ViewReader reader() {
    return stores.access(ViewStoreKind.POSTGRESQL).reader();
  }

  private synchronized void leave(ServedView view, ChangeClient client) {
    permits.release();
    ViewHub hub = hubs.get(view.path());
    if (hub != null) {
      hub.remove(client);
      if (hub.isEmpty()) {
        hubs.remove(view.path());
        hub.close();
      }
    }
  }

  /** Whoever listens to a version that is not served there any more comes again to the next one. */
  private synchronized void end(Set<String> paths) {
    for (String path : paths) {
      ViewHub hub = hubs.remove(path);
      if (hub != null) {
        hub.close();
      }
    }
  }

  private void begin(
      ServedView view, ChangeClient client, @Nullable ChangeCursor after, Token token) {
    ChangeReader changes = stores.changes().reader();
    Changes now = changes.read(view.definition(), null);
    ChangeCursor from = after;
    if (from == null && !token.sequences().isEmpty()) {
      from = behind(token, now.now());
    }
    if (from == null) {
      client.begin(now.now());
      return;
    }
    Changes missed = changes.read(view.definition(), from);
    if (missed.known()) {
      client.replay(missed.now(), missed.keys(), reader().rows(view.definition(), missed.keys()));
    } else {
      client.reset(missed.now());
    }
  }

  /** Partitions that the token does not name are heard from now on. */
  private static ChangeCursor behind(Token token, ChangeCursor now) {
    var marks = new TreeMap<>(now.marks());
    token
        .sequences()
        .forEach(
            (partition, sequence) ->
                marks.computeIfPresent(partition, (p, mark) -> new Mark(sequence, 0)));
    return new ChangeCursor(now.version(), marks);
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(settings.heartbeat());
        listened().forEach(ViewHub::heartbeat);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<ViewHub> listened() {
    return List.copyOf(hubs.values());
  }

  @Override
  public CompletionStage<?> shutdownGracefully() {
    close();
    return CompletableFuture.completedFuture(null);
  }

  @PreDestroy
  synchronized void close() {
    closed = true;
    if (heartbeats != null) {
      heartbeats.interrupt();
    }
    hubs.values().forEach(ViewHub::close);
    hubs.clear();
  }
}
