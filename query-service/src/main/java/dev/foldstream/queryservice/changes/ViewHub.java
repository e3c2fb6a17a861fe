package dev.foldstream.queryservice.changes;

import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.changes.ChangeCursor;
import dev.foldstream.viewstore.changes.ChangeFeed;
import dev.foldstream.viewstore.changes.Changes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who listens to one view. One thread takes what the feed tells, reads the rows that
 * changed once, and tells every client; changes that come while it reads are told together.
 */
final class ViewHub {

  /** Keys that wait to be read; more are told as a reset. */
  static final int MAX_KEYS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(ViewHub.class);
  private static final Duration TRY_AGAIN = Duration.ofMillis(500);
  private static final Duration BEGINS_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final ServedView view;
  private final ViewReader reader;
  private final Runnable dropped;
  private final List<ChangeClient> clients = new CopyOnWriteArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final ChangeFeed.Followed followed;
  private final Thread thread;
  private @Nullable ChangeCursor pending;
  private boolean known = true;
  private boolean begun;
  private boolean closed;

  ViewHub(ServedView view, ViewReader reader, ChangeFeed feed, Runnable dropped) {
    this.view = view;
    this.reader = reader;
    this.dropped = dropped;
    this.followed = feed.follow(view.definition(), this::heard);
    this.thread = Thread.ofVirtual().name("changes-" + view.address()).start(this::run);
  }

  void add(ChangeClient client) {
    clients.add(client);
  }

  /**
   * Waits until the feed has said where the view is, as long as it takes in the worst case: what a
   * client reads of the view after that is never ahead of what it will be told.
   */
  synchronized void awaitBeginning() throws InterruptedException {
    long until = System.nanoTime() + BEGINS_WITHIN.toNanos();
    while (!begun && !closed && System.nanoTime() < until) {
      wait(LOOK_AGAIN.toMillis());
    }
  }

  void remove(ChangeClient client) {
    clients.remove(client);
  }

  boolean isEmpty() {
    return clients.isEmpty();
  }

  void heartbeat() {
    clients.forEach(client -> keep(client, client.heartbeat()));
  }

  private synchronized void heard(Changes changes) {
    begun = true;
    pending = changes.now();
    known &= changes.known();
    if (known) {
      keys.addAll(changes.keys());
      known = keys.size() <= MAX_KEYS;
    }
    notifyAll();
  }

  private record News(ChangeCursor now, Set<String> keys, boolean known) {}

  private synchronized @Nullable News next() throws InterruptedException {
    while (pending == null && !closed) {
      wait();
    }
    if (closed || pending == null) {
      return null;
    }
    var news = new News(pending, Set.copyOf(keys), known);
    pending = null;
    keys.clear();
    known = true;
    return news;
  }

  private void run() {
    try {
      for (News news = next(); news != null; news = next()) {
        tell(news);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(News news) throws InterruptedException {
    if (!news.known()) {
      clients.forEach(client -> keep(client, client.gap(news.now())));
      return;
    }
    Map<String, ViewRow> rows = news.keys().isEmpty() ? Map.of() : rows(news.keys());
    clients.forEach(client -> keep(client, client.tell(news.now(), news.keys(), rows)));
  }

  /** Waits for a store that does not answer: the feed gathers what changes meanwhile. */
  private Map<String, ViewRow> rows(Set<String> wanted) throws InterruptedException {
    while (true) {
      try {
        return reader.rows(view.definition(), wanted);
      } catch (ViewStoreUnavailableException away) {
        LOG.debug("Changed rows of {} are late: {}", view.address(), away.getMessage());
        Thread.sleep(TRY_AGAIN);
      }
    }
  }

  private void keep(ChangeClient client, boolean stays) {
    if (!stays && clients.remove(client) && client.isTooSlow()) {
      dropped.run();
    }
  }

  void close() {
    followed.close();
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
    clients.forEach(ChangeClient::end);
    clients.clear();
  }
}
