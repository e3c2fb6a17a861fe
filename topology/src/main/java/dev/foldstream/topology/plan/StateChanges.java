package dev.foldstream.topology.plan;

import dev.foldstream.eventstore.topics.TopicNames;
import java.util.List;
import java.util.Map;

/** What makes kept state and positions useless. */
final class StateChanges {

  private StateChanges() {}

  static void between(Fingerprint old, Fingerprint next, List<String> found) {
    compare("source topic", old.sources(), next.sources(), found);
    compare("store", old.states(), next.states(), found);
    views(old.outputs(), next.outputs(), found);
    if (found.isEmpty() && !old.layout().equals(next.layout())) {
      found.add("the layout of sub-topologies differs, which a running group cannot take");
    }
  }

  /** Rows of another shape, or under other keys, are made from the beginning, beside the others. */
  private static void views(Map<String, String> old, Map<String, String> next, List<String> found) {
    for (var entry : next.entrySet()) {
      String topic = entry.getKey();
      if (TopicNames.isViewRows(topic) && !entry.getValue().equals(old.get(topic))) {
        String view = topic.substring(topic.lastIndexOf('.') + 1);
        found.add(
            old.containsKey(topic)
                ? "the rows of the view %s differ: all are made anew".formatted(view)
                : "the view %s is new: its rows are made from the beginning".formatted(view));
      }
    }
  }

  private static void compare(
      String what, Map<String, String> old, Map<String, String> next, List<String> found) {
    for (var entry : old.entrySet()) {
      String now = next.get(entry.getKey());
      if (now == null) {
        found.add("the %s %s is gone".formatted(what, entry.getKey()));
      } else if (!now.equals(entry.getValue())) {
        found.add("what leads to the %s %s differs".formatted(what, entry.getKey()));
      }
    }
    for (String name : next.keySet()) {
      if (!old.containsKey(name)) {
        found.add("the %s %s is new".formatted(what, name));
      }
    }
  }
}
