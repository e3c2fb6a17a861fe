package dev.foldstream.devservices.parts;

/**
 * One server that can be started, stopped, killed and started again on the same address and data.
 *
 * <ol>
 *   <li>{@code start} returns when the server answers, and has checked that it is ours; it throws
 *       when another server holds the address. On a running server it does nothing.
 *   <li>{@code stop} lets the server close its files; on a stopped server it does nothing.
 *   <li>{@code kill} is a crash: no hook of the server runs. Acknowledged writes survive it.
 *   <li>The address stays the same for the life of this object.
 * </ol>
 */
public interface DevService extends AutoCloseable {

  Part part();

  void start();

  void stop();

  void kill();

  boolean isRunning();

  /** The process id of the server. Throws when it is not running, or is not a process of ours. */
  long pid();

  default void restart() {
    stop();
    start();
  }

  @Override
  default void close() {
    stop();
  }
}
