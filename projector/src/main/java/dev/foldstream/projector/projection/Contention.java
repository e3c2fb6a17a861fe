package dev.foldstream.projector.projection;

import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Does again what met a row that another partition's owner changed meanwhile. */
record Contention(ViewVersion version) {

  /** How often a batch is folded again. */
  private static final int MAX_ROW_CONFLICTS = 30;

  private static final long MAX_CONFLICT_PAUSE_MILLIS = 20;

  static Contention of(ViewVersion version) {
    return new Contention(version);
  }

  void repeat(Runnable commit) {
    RowConflictException conflict = null;
    for (int attempt = 0; attempt < MAX_ROW_CONFLICTS; attempt++) {
      try {
        commit.run();
        return;
      } catch (RowConflictException another) {
        conflict = another;
        letTheOtherGoFirst();
      }
    }
    throw contended(conflict);
  }

  private ViewStoreUnavailableException contended(@Nullable RowConflictException conflict) {
    return new ViewStoreUnavailableException(
        "rows of %s changed under each of %d attempts to write them"
            .formatted(version, MAX_ROW_CONFLICTS),
        conflict == null ? new IllegalStateException() : conflict);
  }

  private static void letTheOtherGoFirst() {
    long millis = ThreadLocalRandom.current().nextLong(MAX_CONFLICT_PAUSE_MILLIS);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
