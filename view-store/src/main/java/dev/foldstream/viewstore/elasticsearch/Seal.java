package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stands on the positions of a live version while another one becomes live: nobody claims them.
 *
 * @param token an alias that the switch takes away in the same step; whoever breaks the seal takes
 *     it away first, and so undoes a switch that comes too late
 * @param until when it may be broken
 */
record Seal(String token, Instant until) {

  boolean holds() {
    return Instant.now().isBefore(until);
  }

  void write(ObjectNode source) {
    source.put("seal", token);
    source.put("sealedUntil", until.toString());
  }

  static @Nullable Seal read(JsonNode source) {
    return source.hasNonNull("seal")
        ? new Seal(source.path("seal").asText(), Instant.parse(source.path("sealedUntil").asText()))
        : null;
  }
}
