package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.decision.AggregateEntry.PageRange;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of aggregates have no place for, in pages of {@value #PAGE} outcomes: so eight
 * commands share the writes that one alone would cost. Up to {@value #CHAPTER} pages of one
 * aggregate make a chapter, which holds two bytes of each id's hash; a page is read only when they
 * match. A chapter is forgotten with all its pages, some time after its newest outcome was due.
 */
final class RememberedPages {

  static final int PAGE = 8;
  static final int CHAPTER = 32;

  /** As many chapters that are gone are passed over at once. */
  private static final int MAX_SKIPPED = 4;

  private static final int MARK_BYTES = Short.BYTES;
  private static final int HEAD_BYTES = Long.BYTES;
  private static final int NO_MARK = 0;

  private final DecisionStore store;

  /** No chapter expires before this. Unknown at first, which lets the first command look. */
  private long oldestMillis;

  RememberedPages(DecisionStore store) {
    this.store = store;
  }

  /** The latest under this id. */
  @Nullable Remembered find(byte[] aggregateId, PageRange range, byte[] id) {
    short mark = mark(id);
    for (long number = (range.next() - 1) / CHAPTER; number >= range.first() / CHAPTER; number--) {
      byte[] chapter = store.get(StoreKeys.chapter(aggregateId, number));
      Remembered found = chapter == null ? null : find(aggregateId, number, chapter, mark, id);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Remembered find(
      byte[] aggregateId, long number, byte[] chapter, short mark, byte[] id) {
    byte high = (byte) (mark >> Byte.SIZE);
    byte low = (byte) mark;
    for (int at = chapter.length - MARK_BYTES; at >= HEAD_BYTES; at -= MARK_BYTES) {
      if (chapter[at] == high && chapter[at + 1] == low) {
        int page = (at - HEAD_BYTES) / MARK_BYTES / PAGE;
        byte[] stored = store.get(StoreKeys.page(aggregateId, number * CHAPTER + page));
        Remembered found = stored == null ? null : RememberedRow.of(stored).find(id);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Adds a page of at most {@value #PAGE}. */
  void put(byte[] aggregateId, long number, List<Remembered> outcomes) {
    byte[] key = StoreKeys.chapter(aggregateId, number / CHAPTER);
    byte[] before = store.get(key);
    long newest = outcomes.stream().mapToLong(Remembered::atMillis).max().orElse(0);
    if (before == null) {
      store.put(StoreKeys.expiry(newest, key), new byte[0]);
      oldestMillis = Math.min(oldestMillis, newest);
    } else {
      newest = Math.max(newest, newest(before));
    }
    store.put(key, chapter(before, (int) (number % CHAPTER), newest, outcomes));
    store.put(StoreKeys.page(aggregateId, number), RememberedRow.of(outcomes).bytes());
  }

  private static byte[] chapter(
      byte @Nullable [] before, int page, long newest, List<Remembered> outcomes) {
    int length = HEAD_BYTES + (page + 1) * PAGE * MARK_BYTES;
    var bytes = ByteBuffer.wrap(before == null ? new byte[length] : Arrays.copyOf(before, length));
    bytes.putLong(newest).position(HEAD_BYTES + page * PAGE * MARK_BYTES);
    for (Remembered outcome : outcomes) {
      bytes.putShort(mark(outcome.id()));
    }
    return bytes.array();
  }

  /** The range without the chapters at its beginning that are gone. */
  PageRange withoutForgotten(byte[] aggregateId, PageRange range) {
    long first = range.first();
    for (int i = 0; i < MAX_SKIPPED && first < range.next(); i++) {
      long number = first / CHAPTER;
      if (store.get(StoreKeys.chapter(aggregateId, number)) != null) {
        break;
      }
      first = Math.min(range.next(), (number + 1) * CHAPTER);
    }
    return new PageRange(first, range.next());
  }

  /**
   * Removes one chapter if there is one with nothing younger than this. A look into the store costs
   * as much as a write, so it is done only when something is due.
   */
  void forget(long beforeMillis) {
    if (oldestMillis >= beforeMillis) {
      return;
    }
    // From here on, not from the first: what was deleted before would be passed again.
    byte[] from = StoreKeys.expiryBound(oldestMillis);
    byte[] oldest = store.firstKey(from, StoreKeys.expiryBound(Long.MAX_VALUE));
    oldestMillis = oldest == null ? Long.MAX_VALUE : StoreKeys.expiryTime(oldest);
    if (oldest == null || oldestMillis >= beforeMillis) {
      return;
    }
    store.delete(oldest);
    byte[] key = StoreKeys.chapterOf(oldest);
    byte[] chapter = store.get(key);
    if (chapter == null) {
      return;
    }
    if (newest(chapter) >= beforeMillis) {
      store.put(StoreKeys.expiry(newest(chapter), key), new byte[0]);
      return;
    }
    forget(key, chapter);
  }

  private void forget(byte[] key, byte[] chapter) {
    byte[] aggregateId = StoreKeys.aggregateOf(key);
    long first = StoreKeys.numberOf(key) * CHAPTER;
    int pageBytes = PAGE * MARK_BYTES;
    for (int at = HEAD_BYTES; at < chapter.length; at += pageBytes) {
      if (ByteBuffer.wrap(chapter, at, MARK_BYTES).getShort() != NO_MARK) {
        store.delete(StoreKeys.page(aggregateId, first + (at - HEAD_BYTES) / pageBytes));
      }
    }
    store.delete(key);
  }

  private static long newest(byte[] chapter) {
    return ByteBuffer.wrap(chapter, 0, HEAD_BYTES).getLong();
  }

  private static short mark(byte[] id) {
    short mark = (short) ((Arrays.hashCode(id) * 0x9E3779B9) >>> Short.SIZE);
    return mark == NO_MARK ? 1 : mark;
  }
}
