package dev.foldstream.topology.plan;

import java.util.List;

/** What readers of an output would not survive. */
final class OutputChanges {

  private OutputChanges() {}

  static void between(Fingerprint old, Fingerprint next, List<String> found) {
    for (var entry : old.outputs().entrySet()) {
      String now = next.outputs().get(entry.getKey());
      if (now == null) {
        continue;
      }
      if (!keyOf(now).equals(keyOf(entry.getValue()))) {
        found.add(
            "the key of %s differs: what was written before lies under other keys"
                .formatted(entry.getKey()));
      }
    }
  }

  private static String keyOf(String output) {
    return output.substring(0, output.indexOf('|'));
  }
}
