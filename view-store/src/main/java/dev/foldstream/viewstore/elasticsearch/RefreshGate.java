package dev.foldstream.viewstore.elasticsearch;

import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes what was written before the call searchable. A caller is content with any refresh that
 * began after it came, so of many callers at once one works for all.
 */
final class RefreshGate {

  private final ElasticsearchHttp http;
  private final Map<String, Turn> turns = new ConcurrentHashMap<>();

  RefreshGate(ElasticsearchHttp http) {
    this.http = http;
  }

  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();

    /** Guarded by the lock. */
    private long done;
  }

  /** An index that is not there is as fresh as it can be. */
  void refresh(String index) {
    Turn turn = turns.computeIfAbsent(index, i -> new Turn());
    long begunBefore = turn.begun.get();
    turn.lock.lock();
    try {
      if (turn.done <= begunBefore) {
        long mine = turn.begun.incrementAndGet();
        Answer answer = http.post("/" + index + "/_refresh");
        if (!answer.ok() && !answer.notFound()) {
          throw new IllegalStateException(
              "wanted to refresh '%s'; Elasticsearch answered %s".formatted(index, answer.error()));
        }
        turn.done = mine;
      }
    } finally {
      turn.lock.unlock();
    }
  }
}
