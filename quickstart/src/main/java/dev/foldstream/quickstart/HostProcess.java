package dev.foldstream.quickstart;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.process.ChildJvm;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.devservices.process.LocalHttp;
import dev.foldstream.devservices.process.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a host in a JVM of its own.
 *
 * <ol>
 *   <li>{@code start} returns when the host calls itself healthy; on a running host it does
 *       nothing.
 *   <li>{@code stop} lets the host end its work; it kills a host that takes too long.
 *   <li>{@code kill} is a crash: no hook of the host runs.
 *   <li>The address and the state directory stay the same over restarts.
 * </ol>
 */
public final class HostProcess implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  private final Launch launch;
  private final int port;
  private volatile @Nullable ChildJvm child;

  HostProcess(Launch launch, int port) {
    this.launch = launch;
    this.port = port;
  }

  /** {@code command-service}, and {@code command-service-2} for a second instance. */
  public String name() {
    return launch.name();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    Ports.requireFree(port, name());
    var started = ChildJvm.start(launch);
    child = started;
    LocalHttp.awaitOk(uri() + "/health", started, START_TIMEOUT);
  }

  public void stop() {
    var running = child;
    if (running != null) {
      running.stop();
    }
  }

  public void kill() {
    var running = child;
    if (running != null) {
      running.kill();
    }
  }

  public void restart() {
    stop();
    start();
  }

  public boolean isRunning() {
    var running = child;
    return running != null && running.isAlive();
  }

  public long pid() {
    var running = child;
    if (running == null || !running.isAlive()) {
      throw new DevServiceException(name() + " is not running: call start()");
    }
    return running.pid();
  }

  /** What the host printed, over all its starts. */
  public Path log() {
    return launch.directory().resolve("logs").resolve(name() + ".log");
  }

  @Override
  public void close() {
    stop();
  }
}
