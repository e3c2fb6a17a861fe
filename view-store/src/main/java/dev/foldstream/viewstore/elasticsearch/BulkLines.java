package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.rows.RowJson;

/** The body of one bulk request. */
final class BulkLines {

  /** What Elasticsearch answers when a document is not as it was expected. */
  static final int CONFLICT = 409;

  static final int NOT_FOUND = 404;

  private final StringBuilder lines = new StringBuilder();

  /** Writes the document only when it is as the stamp says, or when there is none for no stamp. */
  void add(String id, String stamp, JsonNode source) {
    ObjectNode line = RowJson.object();
    ObjectNode action = line.putObject(stamp.isEmpty() ? "create" : "index");
    action.put("_id", id);
    if (!stamp.isEmpty()) {
      Stamp.expect(action, stamp);
    }
    lines.append(line).append('\n').append(source).append('\n');
  }

  /** Writes the document whatever there was. */
  void put(String id, JsonNode source) {
    ObjectNode line = RowJson.object();
    line.putObject("index").put("_id", id);
    lines.append(line).append('\n').append(source).append('\n');
  }

  void delete(String id) {
    ObjectNode line = RowJson.object();
    line.putObject("delete").put("_id", id);
    lines.append(line).append('\n');
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
