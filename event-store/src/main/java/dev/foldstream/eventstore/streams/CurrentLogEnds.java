package dev.foldstream.eventstore.streams;

import java.time.Duration;

/**
 * The ends of an events topic, read anew whenever tasks begin: also those that begin again in the
 * middle of a life, after a transaction that was lost. Tasks that begin together share one look.
 */
public final class CurrentLogEnds implements StateCheck {

  static final Duration SHARED = Duration.ofSeconds(1);

  private final String bootstrapServers;
  private final String eventsTopic;
  private LogEnds last;
  private long readAtNanos = System.nanoTime();

  /**
   * Begins with what was read just now.
   *
   * @param read the ends as they are
   */
  public CurrentLogEnds(String bootstrapServers, String eventsTopic, LogEnds read) {
    this.bootstrapServers = bootstrapServers;
    this.eventsTopic = eventsTopic;
    this.last = read;
  }

  /** A state that is ahead of a shared look is compared with one of its own. */
  @Override
  public synchronized void check(int partition, long stored) {
    boolean old = System.nanoTime() - readAtNanos > SHARED.toNanos();
    if (old || stored > last.sequence(partition)) {
      try (var cluster = new Cluster(bootstrapServers)) {
        last = cluster.logEnds(eventsTopic);
      }
      readAtNanos = System.nanoTime();
    }
    last.check(eventsTopic, partition, stored);
  }
}
