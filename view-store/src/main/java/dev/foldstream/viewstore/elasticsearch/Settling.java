package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.QuarantineChange;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rows.RowJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What leaves the quarantine with a move of the position: noted in the position's document, done
 * after it, and done again by whoever claims the partition next.
 */
record Settling(List<QuarantineEntry> discarded, List<String> removed) {

  static final Settling NOTHING = new Settling(List.of(), List.of());

  /** What is written before the rows: everything that does not leave. */
  static List<QuarantineEntry> first(QuarantineChange change) {
    return change.written().stream()
        .filter(entry -> entry.kind() != QuarantineEntry.Kind.DISCARDED)
        .toList();
  }

  static Settling of(QuarantineChange change, TopicPartitionName partition) {
    if (change.isEmpty()) {
      return NOTHING;
    }
    String prefix = partition.topic() + "-" + partition.partition() + "-";
    return new Settling(
        change.written().stream()
            .filter(entry -> entry.kind() == QuarantineEntry.Kind.DISCARDED)
            .filter(entry -> entry.partition().equals(partition))
            .toList(),
        change.removed().stream().filter(id -> id.startsWith(prefix)).toList());
  }

  boolean isEmpty() {
    return discarded.isEmpty() && removed.isEmpty();
  }

  Set<String> ids() {
    if (isEmpty()) {
      return Collections.emptySet();
    }
    var ids = new HashSet<>(removed);
    discarded.forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  ObjectNode write(ViewVersion version) {
    ObjectNode noted = RowJson.object();
    var entries = noted.putArray("discarded");
    discarded.forEach(entry -> entries.add(ElasticsearchQuarantine.write(version, entry)));
    var ids = noted.putArray("removed");
    removed.forEach(ids::add);
    return noted;
  }

  static Settling read(JsonNode noted) {
    if (noted.isMissingNode()) {
      return NOTHING;
    }
    var entries = new ArrayList<QuarantineEntry>();
    noted.path("discarded").forEach(e -> entries.add(ElasticsearchQuarantine.read(e)));
    var ids = new ArrayList<String>();
    noted.path("removed").forEach(id -> ids.add(id.asText()));
    return new Settling(entries, ids);
  }
}
