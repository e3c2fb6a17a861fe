package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Sequence number and primary term of a document: it is written only while they are the same. */
final class Stamp {

  private Stamp() {}

  static String of(JsonNode document) {
    return document.path("_seq_no").asLong() + ":" + document.path("_primary_term").asLong();
  }

  static void expect(ObjectNode action, String stamp) {
    int colon = stamp.indexOf(':');
    action.put("if_seq_no", Long.parseLong(stamp.substring(0, colon)));
    action.put("if_primary_term", Long.parseLong(stamp.substring(colon + 1)));
  }
}
