package dev.foldstream.commandservice.decisions;

import dev.foldstream.eventstore.decision.DecisionApplication;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The partitions of outcomes topics that this instance writes; none before it decides. */
@Singleton
final class DecidedOutcomes {

  private volatile List<DecisionApplication> applications = List.of();

  void of(List<DecisionApplication> deciding) {
    applications = List.copyOf(deciding);
  }

  Set<TopicPartition> now() {
    return applications.stream()
        .flatMap(application -> application.outcomes().stream())
        .collect(Collectors.toSet());
  }
}
