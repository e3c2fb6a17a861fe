package dev.foldstream.topology.expressions;

import dev.cel.runtime.CelVariableResolver;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The values of variables while one record is looked at. One for each task: it is set anew for each
 * record and not shared between threads.
 */
public final class Frame implements CelVariableResolver {

  private static final int MAX_VARIABLES = 6;

  private final String[] names = new String[MAX_VARIABLES];
  private final @Nullable Schema[] schemas = new @Nullable Schema[MAX_VARIABLES];
  private final @Nullable Object[] values = new @Nullable Object[MAX_VARIABLES];
  private final @Nullable Object[] seen = new @Nullable Object[MAX_VARIABLES];
  private int size;

  private @Nullable Headers headers;
  private @Nullable String key;
  private long timestampMillis;

  /** Begins with a record that flows in. */
  public Frame record(
      @Nullable String recordKey,
      @Nullable GenericRecord event,
      Headers recordHeaders,
      long millis) {
    size = 0;
    key = recordKey;
    headers = recordHeaders;
    timestampMillis = millis;
    if (event != null) {
      set(Scope.EVENT, event.getSchema(), event);
    }
    return this;
  }

  /** A further variable; a record that is missing has no fields. */
  public Frame set(String name, Schema schema, @Nullable Object avro) {
    int at = at(name);
    if (at < 0) {
      at = size++;
    }
    names[at] = name;
    schemas[at] = schema;
    values[at] = avro;
    seen[at] = null;
    return this;
  }

  public Frame set(String name, @Nullable GenericRecord record) {
    return record == null
        ? set(name, Schema.create(Schema.Type.NULL), null)
        : set(name, record.getSchema(), record);
  }

  private String type() {
    int at = at(Scope.EVENT);
    Schema schema = at < 0 ? null : schemas[at];
    return schema == null || schema.getType() != Schema.Type.RECORD ? "" : schema.getFullName();
  }

  private int at(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The value in the form of Avro. */
  @Nullable Object avro(String name) {
    if (name.equals(Scope.KEY)) {
      return key;
    }
    int at = at(name);
    return at < 0 ? null : values[at];
  }

  @Override
  public Optional<Object> find(String name) {
    if (name.equals(Scope.KEY)) {
      return Optional.ofNullable(key);
    }
    if (name.equals(Scope.CE) && headers != null) {
      return Optional.of(new CloudEvent(headers, type(), key, timestampMillis));
    }
    int at = at(name);
    if (at < 0) {
      return Optional.empty();
    }
    Object known = seen[at];
    Object value = values[at];
    Schema schema = schemas[at];
    if (known == null && value == null) {
      return Optional.of(Map.of());
    }
    if (known == null && value != null && schema != null) {
      known = AvroValues.toCel(schema, value);
      seen[at] = known;
    }
    return Optional.ofNullable(known);
  }
}
