package dev.foldstream.schemas.registry;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * Gives schemas the ids that stand before every value.
 *
 * <ol>
 *   <li>An id stands for one schema, for ever, whatever the subject.
 *   <li>Registering the same schema under the same subject again gives the same id.
 *   <li>A schema that is not compatible with the subject's earlier ones, by the subject's level, is
 *       refused with {@link IncompatibleSchemaException} and changes nothing.
 *   <li>When the registry cannot be asked, every method throws {@link
 *       SchemaRegistryUnavailableException}; that says nothing about schema or value.
 * </ol>
 */
public interface SchemaRegistry {

  /** Registers a schema and answers its id. */
  int register(String subject, Schema schema);

  /** The id of a schema that was registered under this subject. Registers nothing. */
  OptionalInt find(String subject, Schema schema);

  /**
   * The schema with this id.
   *
   * @throws UnknownSchemaException when no schema has it
   * @throws org.apache.avro.SchemaParseException when it is not a schema of Avro
   */
  Schema schema(int id);

  /** Sets a subject's level, for instance {@code BACKWARD_TRANSITIVE}. */
  void compatibility(String subject, String level);

  /** Why the schema would be refused, with the field named; empty when it would not. */
  Optional<String> incompatibility(String subject, Schema schema);

  /** The schemas of a subject from the oldest; none for an unknown subject. */
  List<Schema> versions(String subject);

  /** The names of all subjects, in order. */
  List<String> subjects();
}
