package dev.foldstream.viewstore.changes;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.watch.WakeUps;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for a store that reads the changes of all views that anybody follows. It begins with
 * the first follower and rests while there is none.
 */
public final class SharedChangeFeed implements ChangeFeed, AutoCloseable {

  /** How long a wake-up that was lost can delay a change. */
  static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(SharedChangeFeed.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final ChangeReader reader;
  private final WakeUps wakeUps;
  private final Object monitor = new Object();
  private final Map<ViewDefinition, FollowedView> views = new HashMap<>();
  private boolean closed;
  private @Nullable Thread thread;

  public SharedChangeFeed(ChangeReader reader, WakeUps wakeUps) {
    this.reader = reader;
    this.wakeUps = wakeUps;
  }

  /** Read by the feed's thread alone, but for the age and the listeners. */
  private final class FollowedView {
    private final ViewDefinition view;
    private final List<Following> all = new CopyOnWriteArrayList<>();
    private @Nullable ChangeCursor cursor;
    private volatile long lookedAtNanos = System.nanoTime() - Duration.ofDays(1).toNanos();

    FollowedView(ViewDefinition view) {
      this.view = view;
    }

    void look() {
      long began = System.nanoTime();
      Changes changes = reader.read(view, cursor);
      boolean moved = !changes.now().equals(cursor);
      cursor = changes.now();
      for (Following following : all) {
        if (!following.begun) {
          following.begun = true;
          following.tell(changes.unknown());
        } else if (moved) {
          following.tell(changes);
        }
      }
      lookedAtNanos = began;
    }
  }

  private final class Following implements Followed {
    private final FollowedView view;
    private final Listener listener;
    private boolean begun;

    Following(FollowedView view, Listener listener) {
      this.view = view;
      this.listener = listener;
    }

    void tell(Changes changes) {
      try {
        listener.changed(changes);
      } catch (RuntimeException bug) {
        LOG.error("A follower of {} failed", view.view.path(), bug);
      }
    }

    @Override
    public long ageNanos() {
      return System.nanoTime() - view.lookedAtNanos;
    }

    @Override
    public void close() {
      synchronized (monitor) {
        view.all.remove(this);
        if (view.all.isEmpty()) {
          views.remove(view.view, view);
        }
      }
    }
  }

  @Override
  public Followed follow(ViewDefinition view, Listener listener) {
    synchronized (monitor) {
      FollowedView followed = views.computeIfAbsent(view, FollowedView::new);
      var following = new Following(followed, listener);
      followed.all.add(following);
      if (thread == null && !closed) {
        thread = Thread.ofPlatform().daemon().name("foldstream-change-feed").start(this::run);
      }
      monitor.notifyAll();
      return following;
    }
  }

  private void run() {
    try {
      while (awaitSomebody()) {
        WakeUps.Woken woken = wakeUps.next(LOOK_AGAIN);
        boolean lookAtAll = woken.any() || woken.paths().isEmpty();
        followed().stream()
            .filter(it -> lookAtAll || it.cursor == null || woken.concerns(it.view.path()))
            .forEach(SharedChangeFeed::look);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitSomebody() throws InterruptedException {
    synchronized (monitor) {
      while (!closed && views.isEmpty()) {
        monitor.wait();
      }
      return !closed;
    }
  }

  private List<FollowedView> followed() {
    synchronized (monitor) {
      return List.copyOf(views.values());
    }
  }

  private static void look(FollowedView followed) {
    try {
      followed.look();
    } catch (ViewStoreUnavailableException away) {
      LOG.debug("Changes of {} are late: {}", followed.view.path(), away.getMessage());
    } catch (RuntimeException bug) {
      LOG.error("Cannot read the changes of {}; they are late", followed.view.path(), bug);
    }
  }

  @Override
  public void close() {
    Thread running;
    synchronized (monitor) {
      closed = true;
      running = thread;
      monitor.notifyAll();
    }
    wakeUps.close();
    if (running != null) {
      running.interrupt();
      try {
        running.join(CLOSE_PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
