package dev.foldstream.topology.build;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The record a stream thread is at, for functions of the DSL that see keys and values only. It is
 * set by the node before them, in the same sub-topology.
 */
final class CurrentRecord {

  private static final ThreadLocal<CurrentRecord> OF_THREAD =
      ThreadLocal.withInitial(CurrentRecord::new);

  private Headers headers = new RecordHeaders();
  private long time;

  private CurrentRecord() {}

  static void set(Headers headers, long time) {
    var current = OF_THREAD.get();
    current.headers = headers;
    current.time = time;
  }

  static long time() {
    return OF_THREAD.get().time;
  }

  /** The failure of a function at this record. */
  static StepFailure failure(
      @Nullable String key,
      String step,
      String pointer,
      @Nullable String expression,
      String cause) {
    var current = OF_THREAD.get();
    return new StepFailure(
        Marks.at(current.headers),
        key,
        step,
        pointer,
        expression,
        cause,
        Marks.redrives(current.headers));
  }
}
