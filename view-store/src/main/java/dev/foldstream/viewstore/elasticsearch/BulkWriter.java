package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends bulks of rows, and sends again, after growing pauses, what Elasticsearch had no room for.
 * Several threads may send; only when all are back may they ask for the end.
 */
final class BulkWriter {

  /** How often what was turned away is sent again before the whole batch has to wait. */
  static final int MAX_SENT_AGAIN = 7;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final int TOO_MANY_REQUESTS = 429;

  /** A full disk is told by the same number, and is no matter of moments. */
  private static final String BLOCKED = "cluster_block_exception";

  private static final int MAX_REPORTED = 10;

  /** Bad request, too large: the same document will be refused again. Others may heal. */
  private static final Set<Integer> ITSELF_AT_FAULT = Set.of(400, 413);

  private final ElasticsearchHttp http;
  private final String index;
  private final Map<String, String> stamps = new ConcurrentHashMap<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final Queue<String> conflicts = new ConcurrentLinkedQueue<>();
  private final Queue<String> later = new ConcurrentLinkedQueue<>();

  BulkWriter(ElasticsearchHttp http, String index) {
    this.http = http;
    this.index = index;
  }

  /** The stamps of the rows that were written, by key. */
  Map<String, String> stamps() {
    return stamps;
  }

  void send(BulkLines lines) {
    BulkLines rest = lines;
    Duration pause = FIRST_PAUSE;
    for (int again = 0; !rest.isEmpty(); again++) {
      rest = sendOnce(rest, again == MAX_SENT_AGAIN);
      if (!rest.isEmpty()) {
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.multipliedBy(2);
      }
    }
  }

  /** Returns what is to be sent again. */
  private BulkLines sendOnce(BulkLines lines, boolean last) {
    Answer answer = http.bulkOrTurnedAway("/" + index + "/_bulk?require_alias=true", lines.text());
    if (answer.status() == TOO_MANY_REQUESTS) {
      if (last || answer.error().contains(BLOCKED)) {
        throw unavailable(answer.error());
      }
      return lines;
    }
    if (!answer.ok()) {
      throw new IllegalStateException(
          "wanted to write rows to '%s'; Elasticsearch answered %s"
              .formatted(index, answer.error()));
    }
    var rest = new BulkLines();
    int line = 0;
    for (JsonNode item : answer.body().path("items")) {
      JsonNode result = item.elements().next();
      if (isTurnedAway(result) && !last) {
        rest.again(lines.added(line));
      } else {
        take(result);
      }
      line++;
    }
    return rest;
  }

  private static boolean isTurnedAway(JsonNode result) {
    return result.path("status").intValue() == TOO_MANY_REQUESTS
        && !BLOCKED.equals(result.at("/error/type").asText());
  }

  private void take(JsonNode result) {
    int status = result.path("status").intValue();
    if (status == BulkLines.CONFLICT) {
      conflicts.add(result.path("_id").asText());
    } else if (ITSELF_AT_FAULT.contains(status)) {
      refused.add(words(result));
    } else if (status >= 300) {
      later.add(words(result));
    } else {
      stamps.put(result.path("_id").asText(), Stamp.of(result));
    }
  }

  /** All were tried before the first refusal is told. */
  void end() {
    if (!refused.isEmpty()) {
      throw new RowRefusedException(message("refused", refused));
    }
    if (!later.isEmpty()) {
      throw unavailable(message("could not take", later));
    }
    if (!conflicts.isEmpty()) {
      throw new RowConflictException(message("found changed meanwhile", conflicts));
    }
  }

  private static ViewStoreUnavailableException unavailable(String message) {
    return new ViewStoreUnavailableException(message, new IllegalStateException(message));
  }

  private String message(String what, Queue<String> rows) {
    return "wanted to write rows to '%s'; Elasticsearch %s %d of them: %s"
        .formatted(index, what, rows.size(), rows.stream().limit(MAX_REPORTED).toList());
  }

  private static String words(JsonNode result) {
    JsonNode error = result.path("error");
    String reason = error.path("reason").asText();
    String cause = error.path("caused_by").path("reason").asText("");
    return "'%s' (%d %s: %s%s)"
        .formatted(
            result.path("_id").asText(),
            result.path("status").intValue(),
            error.path("type").asText(),
            reason,
            cause.isEmpty() ? "" : ", " + cause);
  }
}
