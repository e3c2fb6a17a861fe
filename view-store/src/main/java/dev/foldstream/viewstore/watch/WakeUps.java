package dev.foldstream.viewstore.watch;

import java.time.Duration;
import java.util.Set;

/** Says when positions may have moved. Used by one thread. */
public interface WakeUps extends AutoCloseable {

  /** Returns when something moved, and after this time in any case. */
  Woken next(Duration atMost) throws InterruptedException;

  @Override
  void close();

  /**
   * Which views to look at.
   *
   * @param any whether it may be any of them
   * @param paths the paths of those that moved
   */
  record Woken(boolean any, Set<String> paths) {
    public static final Woken ANY = new Woken(true, Set.of());

    public boolean concerns(String path) {
      return any || paths.contains(path);
    }
  }
}
