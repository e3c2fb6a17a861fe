package dev.foldstream.topology.spec;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that is given or expected.
 *
 * @param on given: a topic; expected: a sink
 * @param type given: the name of the record; expected: null when it does not matter
 * @param at its time; expected: null when it does not matter
 * @param json the fields; null for a tombstone
 */
public record SpecRecord(
    String on,
    @Nullable String type,
    @Nullable String key,
    @Nullable Instant at,
    @Nullable String json) {

  /** One to be given. */
  public static SpecRecord given(String topic, String type, String key, Instant at, String json) {
    return new SpecRecord(topic, type, key, at, json);
  }

  /** One that is expected. */
  public static SpecRecord expected(String sink, String key, String json) {
    return new SpecRecord(sink, null, key, null, json);
  }
}
