package dev.foldstream.topology.expressions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.foldstream.eventstore.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a CloudEvent as CEL sees them. A header that a plain producer left out is
 * absent, but {@code type} is then the name of the record, {@code time} that of the record of Kafka
 * and {@code subject} its key.
 */
final class CloudEvent extends AbstractMap<String, Object> {

  static final String TYPE_NAME = "CloudEvent";

  private record Attribute(String header, CelType type) {}

  private static final Map<String, Attribute> ATTRIBUTES = attributes();

  private final Headers headers;
  private final String type;
  private final @Nullable String key;
  private final long timestampMillis;

  CloudEvent(Headers headers, String type, @Nullable String key, long timestampMillis) {
    this.headers = headers;
    this.type = type;
    this.key = key;
    this.timestampMillis = timestampMillis;
  }

  private static Map<String, Attribute> attributes() {
    var all = new LinkedHashMap<String, Attribute>();
    all.put("id", new Attribute(HeaderNames.ID, SimpleType.STRING));
    all.put("source", new Attribute(HeaderNames.SOURCE, SimpleType.STRING));
    all.put("type", new Attribute(HeaderNames.TYPE, SimpleType.STRING));
    all.put("time", new Attribute(HeaderNames.TIME, SimpleType.TIMESTAMP));
    all.put("subject", new Attribute("ce_subject", SimpleType.STRING));
    all.put("sequence", new Attribute(HeaderNames.SEQUENCE, SimpleType.INT));
    all.put("version", new Attribute(HeaderNames.VERSION, SimpleType.INT));
    all.put("commandid", new Attribute(HeaderNames.COMMAND_ID, SimpleType.STRING));
    all.put("correlationid", new Attribute(HeaderNames.CORRELATION_ID, SimpleType.STRING));
    all.put("causationid", new Attribute(HeaderNames.CAUSATION_ID, SimpleType.STRING));
    all.put("principal", new Attribute(HeaderNames.PRINCIPAL, SimpleType.STRING));
    return Map.copyOf(all);
  }

  static Map<String, CelType> fields() {
    var fields = new LinkedHashMap<String, CelType>();
    ATTRIBUTES.forEach((name, attribute) -> fields.put(name, attribute.type()));
    return fields;
  }

  @Override
  public @Nullable Object get(Object name) {
    Attribute attribute = ATTRIBUTES.get((String) name);
    if (attribute == null) {
      return null;
    }
    if (name.equals("type") && !type.isEmpty()) {
      return simple(type);
    }
    Header header = headers.lastHeader(attribute.header());
    if (header == null || header.value() == null) {
      return otherwise((String) name);
    }
    String text = new String(header.value(), StandardCharsets.UTF_8);
    if (attribute.type().equals(SimpleType.INT)) {
      return Long.valueOf(text);
    }
    if (attribute.type().equals(SimpleType.TIMESTAMP)) {
      return OffsetDateTime.parse(text).toInstant();
    }
    return name.equals("type") ? simple(text) : text;
  }

  private @Nullable Object otherwise(String name) {
    return switch (name) {
      case "time" -> Instant.ofEpochMilli(timestampMillis);
      case "subject" -> key;
      default -> null;
    };
  }

  /** Types are compared by the name of the record: its namespace is that of the aggregate. */
  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    var all = new LinkedHashMap<String, Object>();
    for (String name : ATTRIBUTES.keySet()) {
      Object value = get(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    return all.entrySet();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Map<?, ?> map && entrySet().equals(map.entrySet());
  }

  @Override
  public int hashCode() {
    return entrySet().hashCode();
  }
}
