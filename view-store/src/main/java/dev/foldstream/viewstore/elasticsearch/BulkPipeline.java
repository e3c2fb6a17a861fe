package dev.foldstream.viewstore.elasticsearch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends the bulks of one write, a few at the same time: while Elasticsearch works on some the next
 * one is made. Used by one thread. No bulk is under way any more when it is closed.
 */
final class BulkPipeline implements AutoCloseable {

  /** Bulks that are under way at the same time, beside the one that is being made. */
  static final int AT_ONCE = 2;

  private final BulkWriter writer;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Future<?>> underWay = new ArrayDeque<>();

  BulkPipeline(BulkWriter writer) {
    this.writer = writer;
  }

  /** Returns when there is room for the next one. */
  void send(BulkLines lines) {
    if (underWay.size() == AT_ONCE) {
      await(underWay.removeFirst());
    }
    underWay.add(threads.submit(() -> writer.send(lines)));
  }

  /** Returns when all were sent. A write of one bulk needs no other thread. */
  void sendLast(BulkLines lines) {
    writer.send(lines);
    underWay.forEach(BulkPipeline::await);
  }

  private static void await(Future<?> bulk) {
    try {
      bulk.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a bulk was under way", ended);
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
