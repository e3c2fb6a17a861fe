package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.rows.RowJson;
import java.util.ArrayList;
import java.util.List;

/** The body of one bulk request. */
final class BulkLines {

  /** What Elasticsearch answers when a document is not as it was expected. */
  static final int CONFLICT = 409;

  static final int NOT_FOUND = 404;

  private final StringBuilder lines = new StringBuilder();
  private final List<Integer> starts = new ArrayList<>();

  /** Writes the document only when it is as the stamp says, or when there is none for no stamp. */
  void add(String id, String stamp, JsonNode source) {
    ObjectNode line = RowJson.object();
    ObjectNode action = line.putObject(stamp.isEmpty() ? "create" : "index");
    action.put("_id", id);
    if (!stamp.isEmpty()) {
      Stamp.expect(action, stamp);
    }
    starts.add(lines.length());
    lines.append(line).append('\n').append(source).append('\n');
  }

  /** Writes the document whatever there was. */
  void put(String id, JsonNode source) {
    ObjectNode line = RowJson.object();
    line.putObject("index").put("_id", id);
    starts.add(lines.length());
    lines.append(line).append('\n').append(source).append('\n');
  }

  void delete(String id) {
    ObjectNode line = RowJson.object();
    line.putObject("delete").put("_id", id);
    starts.add(lines.length());
    lines.append(line).append('\n');
  }

  /** What was added as the n-th, from 0 on. */
  String added(int n) {
    int end = n + 1 < starts.size() ? starts.get(n + 1) : lines.length();
    return lines.substring(starts.get(n), end);
  }

  /** Adds what was added to others. */
  void again(String added) {
    starts.add(lines.length());
    lines.append(added);
  }

  int length() {
    return lines.length();
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  String text() {
    return lines.toString();
  }
}
