package dev.foldstream.devservices.embedded;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.process.ChildJvm;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one child JVM over restarts. Its owner starts it from one thread at a time; it may be
 * stopped from any thread, also while it starts.
 */
final class JvmServer {

  private final String title;
  private volatile @Nullable ChildJvm child;

  JvmServer(String title) {
    this.title = title;
  }

  /** The child, when it was started by this call; empty when it was running. */
  Optional<ChildJvm> start(Supplier<ChildJvm> starter) {
    if (isRunning()) {
      return Optional.empty();
    }
    var started = starter.get();
    child = started;
    return Optional.of(started);
  }

  ChildJvm child() {
    var running = child;
    if (running == null || !running.isAlive()) {
      throw new DevServiceException(title + " is not running: call start()");
    }
    return running;
  }

  boolean isRunning() {
    var running = child;
    return running != null && running.isAlive();
  }

  void stop() {
    var running = child;
    if (running != null) {
      running.stop();
    }
  }

  void kill() {
    var running = child;
    if (running != null) {
      running.kill();
    }
  }
}
