package dev.foldstream.eventstore.topics;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** What is wrong with one topic, and how to mend it. */
final class TopicFaults {

  private TopicFaults() {}

  static List<String> of(TopicPlan plan, TopicDescription description, Config config) {
    var faults = new ArrayList<String>();
    partitions(plan, description, faults);
    replication(plan, description, faults);
    plan.checked()
        .forEach((name, wanted) -> setting(plan.name(), name, wanted, config.get(name), faults));
    return faults;
  }

  private static void partitions(TopicPlan plan, TopicDescription description, List<String> out) {
    int found = description.partitions().size();
    int wanted = plan.settings().partitions();
    if (plan.fixedPartitions() && found != wanted) {
      out.add(
          ("topic %s must have %d partitions as foldstream.topics.partitions says; found %d. The"
                  + " number is fixed for ever, a change is refused: keys would move. Mend: set"
                  + " foldstream.topics.partitions=%d, or copy the log to new topics")
              .formatted(plan.name(), wanted, found, found));
    }
  }

  private static void replication(TopicPlan plan, TopicDescription description, List<String> out) {
    int wanted = plan.settings().replicationFactor();
    int found =
        description.partitions().stream()
            .mapToInt(partition -> partition.replicas().size())
            .min()
            .orElse(0);
    if (found < wanted) {
      out.add(
          ("topic %s must have %d replicas as foldstream.topics.replication-factor says; found %d."
                  + " Mend: kafka-reassign-partitions.sh, or lower the setting")
              .formatted(plan.name(), wanted, found));
    }
  }

  private static void setting(
      String topic, String name, String wanted, @Nullable ConfigEntry entry, List<String> out) {
    String found = entry == null ? "" : entry.value();
    if (serves(name, wanted, found)) {
      return;
    }
    out.add(
        ("topic %s must have %s=%s; found %s. Mend: kafka-configs.sh --alter --entity-type topics"
                + " --entity-name %s --add-config %s=%s")
            .formatted(topic, name, wanted, found, topic, name, wanted));
  }

  private static boolean serves(String name, String wanted, String found) {
    if (name.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)) {
      return !found.isEmpty() && Long.parseLong(found) >= Long.parseLong(wanted);
    }
    return found.equals(wanted);
  }
}
