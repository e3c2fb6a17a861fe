package dev.foldstream.commandservice.decisions;

import dev.foldstream.eventstore.decision.OtherVersionRunsException;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicMismatchException;
import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.schemas.registry.IncompatibleSchemaException;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a step of the start again while Kafka or the registry is not there yet, within a bound. */
final class StartPatience {

  static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(StartPatience.class);

  private final long untilNanos;
  private final Duration within;

  StartPatience(Duration within) {
    this.within = within;
    this.untilNanos = System.nanoTime() + within.toNanos();
  }

  void until(String wanted, Runnable step) {
    for (int attempt = 1; ; attempt++) {
      try {
        step.run();
        return;
      } catch (KafkaUnreachableException | SchemaRegistryUnavailableException notYet) {
        if (System.nanoTime() > untilNanos) {
          throw new StartRefusedException(
              "Wanted to %s within %s; found no answer in %d tries: %s. Is it running, and is the address right?"
                  .formatted(wanted, within, attempt, notYet.getMessage()),
              notYet);
        }
        LOG.warn("Waiting to {} (try {}): {}", wanted, attempt, notYet.getMessage());
        pause();
      } catch (TopicMismatchException
          | IncompatibleSchemaException
          | OtherVersionRunsException wrong) {
        throw new StartRefusedException(String.valueOf(wrong.getMessage()), wrong);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartRefusedException("The start was stopped", stopped);
    }
  }
}
