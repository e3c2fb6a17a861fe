package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.streams.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.GroupState;

/**
 * Refuses to decide beside another state version of the same aggregate type: two applications that
 * read the same commands would fork every aggregate.
 */
final class OtherVersions {

  /** Longer than the session of an instance that was killed. */
  static final int MAX_LOOKS = 24;

  static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private static final Set<GroupState> WITHOUT_MEMBERS = Set.of(GroupState.EMPTY, GroupState.DEAD);

  private OtherVersions() {}

  static void refuse(Cluster cluster, DecisionPlan<?, ?, ?> plan) {
    List<String> others = List.of();
    for (int look = 1; look <= MAX_LOOKS; look++) {
      others = live(cluster, plan);
      if (others.isEmpty()) {
        return;
      }
      pause();
    }
    throw new OtherVersionRunsException(plan.applicationId(), others);
  }

  private static List<String> live(Cluster cluster, DecisionPlan<?, ?, ?> plan) {
    return Cluster.answer("list the groups", cluster.admin().listGroups().all()).stream()
        .filter(group -> group.groupId().startsWith(plan.applicationPrefix()))
        .filter(group -> !group.groupId().equals(plan.applicationId()))
        .filter(group -> !group.groupState().map(WITHOUT_MEMBERS::contains).orElse(true))
        .map(group -> group.groupId())
        .toList();
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the start was stopped", stopped);
    }
  }
}
