package dev.foldstream.schemas.compatibility;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies each schema file that changed since its last release to the released ones. */
public final class SchemaRelease {

  static final int DONE = 0;
  static final int REFUSED = 1;
  static final int WRONG_USE = 2;

  private static final String USAGE =
      """
      Copies each schema file that changed since its last release to the released ones.

        SchemaRelease <current> <released>   for instance src/main/resources/META-INF/schemas released
        SchemaRelease --help                 prints this

      Refuses when a file is not compatible with its released versions.
      """;

  private SchemaRelease() {}

  /** Exits with 0 when all files are released. */
  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments), System.out));
  }

  static int run(List<String> arguments, PrintStream out) throws IOException {
    if (arguments.equals(List.of("--help"))) {
      out.print(USAGE);
      return DONE;
    }
    if (arguments.size() != 2) {
      out.printf("wanted two folders; found %s%n%n%s", arguments, USAGE);
      return WRONG_USE;
    }
    return release(Path.of(arguments.getFirst()), Path.of(arguments.getLast()), out);
  }

  private static int release(Path current, Path folder, PrintStream out) throws IOException {
    var faults = SchemaGate.between(current, folder).faults();
    if (!faults.isEmpty()) {
      faults.forEach(fault -> out.println("  refused " + fault));
      return REFUSED;
    }
    var released = ReleasedSchemas.in(folder);
    for (var file : ReleasedSchemas.schemaFiles(current)) {
      var name = ReleasedSchemas.name(current, file);
      var versions = released.versions(name);
      if (versions.isEmpty() || !versions.getLast().equals(ReleasedSchemas.parse(file))) {
        var next = released.next(name);
        Files.createDirectories(next.getParent());
        Files.copy(file, next);
        out.println("  released " + next);
      }
    }
    return DONE;
  }
}
