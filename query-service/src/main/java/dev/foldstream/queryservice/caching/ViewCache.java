package dev.foldstream.queryservice.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.foldstream.kernel.Token;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.changes.Changes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one view, made void by its changes.
 *
 * <h2>Why a row is never older than the place</h2>
 *
 * <p>A change makes its rows void first, and moves the place then. So whoever reads the place and
 * then finds a row, finds one that no change up to that place has touched since it was read.
 *
 * <p>A row that is read from the store while a change is heard could be put in after it was made
 * void. Therefore each change counts on a counter that the key shares with some others, before it
 * removes the row; a row is put in only if its counter is as it was before the row was read, and
 * looking and putting are one step for the key. When everything becomes void, a counter for all
 * takes that part, and rows carry it.
 */
final class ViewCache {

  private static final int COUNTERS = 1 << 16;

  /** Where the view is, as far as was heard. */
  record Heard(int version, Token token, String text, boolean setAside) {}

  /** A row, or that there is none. */
  record Kept(Optional<ViewRow> row, int epoch) {}

  private final Cache<String, Kept> rows;
  private final AtomicIntegerArray counters = new AtomicIntegerArray(COUNTERS);
  private final AtomicInteger epoch = new AtomicInteger();

  /** For each counter the place of its last change; null stands for {@link #begun}. */
  private final AtomicReferenceArray<@Nullable Token> changedAt =
      new AtomicReferenceArray<>(COUNTERS);

  private volatile Token begun = Token.EMPTY;
  private volatile @Nullable Heard heard;

  ViewCache(int maxRows) {
    this.rows = Caffeine.newBuilder().maximumSize(maxRows).build();
  }

  /** Called by one thread. */
  void changed(Changes changes) {
    Token token = changes.now().token();
    if (changes.known()) {
      for (String key : changes.keys()) {
        changedAt.set(counter(key), token);
        counters.incrementAndGet(counter(key));
        rows.asMap().remove(key);
      }
    } else {
      begun = token;
      epoch.incrementAndGet();
      rows.invalidateAll();
    }
    heard = new Heard(changes.now().version(), token, token.text(), changes.setAside());
  }

  /** Null until something was heard. */
  @Nullable Heard heard() {
    return heard;
  }

  /** Null when it is not here. */
  @Nullable Kept find(String key) {
    Kept kept = rows.getIfPresent(key);
    return kept == null || kept.epoch() != epoch.get() ? null : kept;
  }

  /**
   * Whether a row that was read when the view had reached this place is as it was: no change that
   * was heard since then can have touched it.
   */
  boolean isUpToDate(String key, Token place) {
    Token changed = changedAt.get(counter(key));
    return covers(place, begun) && (changed == null || covers(place, changed));
  }

  private static boolean covers(Token place, Token other) {
    return other.sequences().entrySet().stream()
        .allMatch(part -> place.sequences().getOrDefault(part.getKey(), -1L) >= part.getValue());
  }

  /** Reads the row and keeps it, unless it changes meanwhile. */
  Optional<ViewRow> load(String key, Supplier<Optional<ViewRow>> store) {
    int epochBefore = epoch.get();
    int before = counters.get(counter(key));
    Optional<ViewRow> row = store.get();
    rows.asMap()
        .compute(
            key,
            (k, kept) -> counters.get(counter(k)) == before ? new Kept(row, epochBefore) : null);
    return row;
  }

  private static int counter(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (COUNTERS - 1);
  }
}
