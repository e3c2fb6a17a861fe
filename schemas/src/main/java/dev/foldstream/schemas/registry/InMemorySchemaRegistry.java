package dev.foldstream.schemas.registry;

import dev.foldstream.schemas.compatibility.SchemaDifferences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/** A registry in one process, for tests: the same rules, nothing kept. */
public final class InMemorySchemaRegistry implements SchemaRegistry {

  private static final String NONE = "NONE";
  private static final String DEFAULT_LEVEL = "BACKWARD";

  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
  private final Map<String, String> levels = new HashMap<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    var known = find(subject, schema);
    if (known.isPresent()) {
      return known.getAsInt();
    }
    incompatibility(subject, schema)
        .ifPresent(
            reason -> {
              throw new IncompatibleSchemaException(subject, reason);
            });
    int id = idOf(schema);
    subjects.computeIfAbsent(subject, _ -> new ArrayList<>()).add(id);
    return id;
  }

  @Override
  public synchronized OptionalInt find(String subject, Schema schema) {
    return subjects.getOrDefault(subject, List.of()).stream()
        .mapToInt(id -> id)
        .filter(id -> schema(id).equals(schema))
        .findFirst();
  }

  @Override
  public synchronized Schema schema(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new UnknownSchemaException(id);
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized void compatibility(String subject, String level) {
    levels.put(subject, level);
  }

  /** The level set for a subject, or the default. */
  public synchronized String compatibility(String subject) {
    return levels.getOrDefault(subject, DEFAULT_LEVEL);
  }

  @Override
  public synchronized Optional<String> incompatibility(String subject, Schema schema) {
    var level = compatibility(subject);
    var versions = versions(subject);
    if (versions.isEmpty() || level.equals(NONE)) {
      return Optional.empty();
    }
    var compared =
        level.endsWith("_TRANSITIVE")
            ? versions
            : versions.subList(versions.size() - 1, versions.size());
    var reasons =
        compared.stream()
            .flatMap(version -> SchemaDifferences.between(schema, version).stream())
            .distinct()
            .toList();
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  @Override
  public synchronized List<Schema> versions(String subject) {
    return subjects.getOrDefault(subject, List.of()).stream().map(this::schema).toList();
  }

  @Override
  public synchronized List<String> subjects() {
    return subjects.keySet().stream().sorted().toList();
  }

  private int idOf(Schema schema) {
    int index = schemas.indexOf(schema);
    if (index >= 0) {
      return index + 1;
    }
    schemas.add(schema);
    return schemas.size();
  }
}
