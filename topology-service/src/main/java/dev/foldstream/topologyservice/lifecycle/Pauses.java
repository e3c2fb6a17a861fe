package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import java.time.Duration;

/** Waiting between two looks. */
final class Pauses {

  private Pauses() {}

  static void pass(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new KafkaUnreachableException("wait for an application", pause, stopping);
    }
  }
}
