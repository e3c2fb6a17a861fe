package dev.foldstream.topology.expressions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What names mean in an expression.
 *
 * @param variables by name: one schema, or the schemas of records of which it is one; with that of
 *     null first when it may be missing
 * @param cloudEvents whether {@code ce} is known
 */
public record Scope(Map<String, List<Schema>> variables, boolean cloudEvents) {

  public static final String EVENT = "event";
  public static final String KEY = "key";
  public static final String CE = "ce";
  public static final String LEFT = "left";
  public static final String RIGHT = "right";
  public static final String FOUND = "found";

  public Scope {
    variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /** A record that flows in, its key, and perhaps its attributes. */
  public static Scope event(List<Schema> records, boolean cloudEvents) {
    var variables = new LinkedHashMap<String, List<Schema>>();
    variables.put(EVENT, List.copyOf(records));
    variables.put(KEY, List.of(Schema.create(Schema.Type.STRING)));
    return new Scope(variables, cloudEvents);
  }

  public Scope with(String name, List<Schema> schemas) {
    var more = new LinkedHashMap<>(variables);
    more.put(name, List.copyOf(schemas));
    return new Scope(more, cloudEvents);
  }

  /** A record that may be missing: then it has no fields. */
  public Scope withOptional(String name, List<Schema> schemas) {
    var all = new java.util.ArrayList<Schema>();
    all.add(Schema.create(Schema.Type.NULL));
    all.addAll(schemas);
    return with(name, all);
  }

  public Scope without(String name) {
    var fewer = new LinkedHashMap<>(variables);
    fewer.remove(name);
    return new Scope(fewer, cloudEvents);
  }
}
