package dev.foldstream.viewstore.fold;

import dev.foldstream.kernel.TopicPartitionName;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * For each partition the last sequence that a row took. Nearly every row is fed by one partition,
 * for which no map of its own is made.
 */
final class Watermarks {

  private final Map<TopicPartitionName, Long> before;
  private @Nullable TopicPartitionName only;
  private long sequence;
  private @Nullable Map<TopicPartitionName, Long> all;

  /**
   * @param before is not changed
   */
  Watermarks(Map<TopicPartitionName, Long> before) {
    this.before = before;
  }

  /** 0 when it took none. */
  long of(TopicPartitionName partition) {
    if (all != null) {
      return all.getOrDefault(partition, 0L);
    }
    if (only != null && only.equals(partition)) {
      return sequence;
    }
    return before.isEmpty() ? 0 : before.getOrDefault(partition, 0L);
  }

  void put(TopicPartitionName partition, long to) {
    if (all == null && isOnly(partition)) {
      only = partition;
      sequence = to;
    } else {
      all().put(partition, to);
    }
  }

  private boolean isOnly(TopicPartitionName partition) {
    boolean first = only == null || only.equals(partition);
    return first && (before.isEmpty() || (before.size() == 1 && before.containsKey(partition)));
  }

  private Map<TopicPartitionName, Long> all() {
    Map<TopicPartitionName, Long> made = all;
    if (made == null) {
      made = new HashMap<>(before);
      if (only != null) {
        made.put(only, sequence);
      }
      all = made;
    }
    return made;
  }

  /** Forgets those that are meant, but for the sequences that are kept. */
  void forget(Predicate<TopicPartitionName> meant, LongPredicate kept) {
    all().entrySet().removeIf(mark -> meant.test(mark.getKey()) && !kept.test(mark.getValue()));
  }

  Map<TopicPartitionName, Long> asMap() {
    if (all != null) {
      return all;
    }
    return only == null ? before : Map.of(only, sequence);
  }
}
