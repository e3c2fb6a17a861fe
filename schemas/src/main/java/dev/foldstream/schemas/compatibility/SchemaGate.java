package dev.foldstream.schemas.compatibility;

import dev.foldstream.schemas.files.SchemaKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Compares schema files with the released ones.
 *
 * <ol>
 *   <li>A released event's file stays, and reads every version of it that was ever released.
 *   <li>A command's file reads the version that was released last; it may go when no producer sends
 *       the command any more.
 *   <li>A file never changes its kind.
 * </ol>
 */
public final class SchemaGate {

  private final Path current;
  private final ReleasedSchemas released;

  private SchemaGate(Path current, ReleasedSchemas released) {
    this.current = current;
    this.released = released;
  }

  /**
   * A gate between two folders.
   *
   * @param current such as {@code src/main/resources/META-INF/schemas}
   * @param released such as {@code released}; see {@link ReleasedSchemas}
   */
  public static SchemaGate between(Path current, Path released) {
    return new SchemaGate(current, ReleasedSchemas.in(released));
  }

  /**
   * Lets compatible files pass.
   *
   * @throws SchemaGateException with every fault, the field named
   */
  public void check() {
    var faults = faults();
    if (!faults.isEmpty()) {
      throw new SchemaGateException(faults);
    }
  }

  /** Every fault; empty when the files are compatible. */
  public List<String> faults() {
    var faults = new ArrayList<String>();
    var files = files(faults);
    released
        .versions()
        .forEach(
            (name, versions) -> {
              var file = files.get(name);
              if (file != null) {
                compare(name, file, versions, faults);
              } else if (isEvent(versions) && !Files.exists(current.resolve(name + ".avsc"))) {
                faults.add(name + ": the file of a released event is gone; stored events need it");
              }
            });
    return faults;
  }

  private Map<String, Schema> files(List<String> faults) {
    var files = new TreeMap<String, Schema>();
    for (var path : ReleasedSchemas.schemaFiles(current)) {
      var name = ReleasedSchemas.name(current, path);
      try {
        files.put(name, ReleasedSchemas.parse(path));
      } catch (AvroRuntimeException fault) {
        faults.add(name + ": " + fault.getMessage());
      }
    }
    return files;
  }

  private static void compare(
      String name, Schema file, List<Schema> versions, List<String> faults) {
    var kind = SchemaKind.of(versions.getLast());
    if (SchemaKind.of(file) != kind) {
      faults.add(
          "%s: was released as %s and is %s"
              .formatted(name, kind.text(), SchemaKind.of(file).text()));
    }
    int oldest = isEvent(versions) ? 0 : versions.size() - 1;
    for (int index = oldest; index < versions.size(); index++) {
      for (var reason : SchemaDifferences.between(file, versions.get(index))) {
        faults.add("%s (released version %d): %s".formatted(name, index + 1, reason));
      }
    }
  }

  private static boolean isEvent(List<Schema> versions) {
    return SchemaKind.of(versions.getLast()) != SchemaKind.COMMAND;
  }
}
