package dev.foldstream.topology.build;

import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.registry.UnknownSchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/**
 * Reads schemas from elsewhere and keeps those that are written to itself, so that a topology can
 * be looked at and previewed without registering anything.
 */
public final class ScratchRegistry implements SchemaRegistry {

  /** Ids of a real registry are far below. */
  private static final int FIRST_ID = 1_000_000_000;

  private final IntFunction<Schema> elsewhere;
  private final List<Schema> written = new ArrayList<>();

  private ScratchRegistry(IntFunction<Schema> elsewhere) {
    this.elsewhere = elsewhere;
  }

  public static ScratchRegistry before(SchemaRegistry registry) {
    return new ScratchRegistry(registry::schema);
  }

  public static ScratchRegistry alone() {
    return new ScratchRegistry(
        id -> {
          throw new UnknownSchemaException(id);
        });
  }

  @Override
  public int register(String subject, Schema schema) {
    int known = written.indexOf(schema);
    if (known < 0) {
      written.add(schema);
      known = written.size() - 1;
    }
    return FIRST_ID + known;
  }

  @Override
  public OptionalInt find(String subject, Schema schema) {
    return OptionalInt.of(register(subject, schema));
  }

  @Override
  public Schema schema(int id) {
    return id >= FIRST_ID && id - FIRST_ID < written.size()
        ? written.get(id - FIRST_ID)
        : elsewhere.apply(id);
  }

  @Override
  public void compatibility(String subject, String level) {
    // Nothing is refused here.
  }

  @Override
  public Optional<String> incompatibility(String subject, Schema schema) {
    return Optional.empty();
  }

  @Override
  public List<Schema> versions(String subject) {
    return List.of();
  }

  @Override
  public List<String> subjects() {
    return List.of();
  }
}
