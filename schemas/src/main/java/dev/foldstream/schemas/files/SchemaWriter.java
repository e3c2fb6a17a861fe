package dev.foldstream.schemas.files;

import dev.foldstream.kernel.Domain;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.types.UnsupportedTypeException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaParseException;

/**
 * Writes the schema file of each command and event record that has none yet. A file that is there
 * is never touched: from its first version on the file is the contract.
 */
public final class SchemaWriter {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USE = 2;

  private static final String USAGE =
      """
      Writes the schema file of each command and event record that has none yet.

        SchemaWriter --output <folder>   such as src/main/resources; the files go to
                                         META-INF/schemas/<domain>/<aggregate>/ below it
        SchemaWriter --help              prints this

      The records are those of all domains on the class path. Existing files are never changed.
      """;

  private final Path resources;
  private final PrintStream out;
  private int written;
  private int kept;
  private int failed;

  private SchemaWriter(Path resources, PrintStream out) {
    this.resources = resources;
    this.out = out;
  }

  /** Exits with 0 when every record has its file. */
  public static void main(String[] arguments) {
    var domains = ServiceLoader.load(Domain.class).stream().map(ServiceLoader.Provider::get);
    System.exit(run(List.of(arguments), domains.toList(), System.out));
  }

  /** The same without the end of the process. */
  static int run(List<String> arguments, List<Domain> domains, PrintStream out) {
    if (arguments.equals(List.of("--help"))) {
      out.print(USAGE);
      return DONE;
    }
    if (arguments.size() != 2 || !arguments.getFirst().equals("--output")) {
      out.printf("wanted --output and a folder; found %s%n%n%s", arguments, USAGE);
      return WRONG_USE;
    }
    if (domains.isEmpty()) {
      out.println("wanted a domain on the class path (META-INF/services); found none");
      return FAILED;
    }
    return new SchemaWriter(Path.of(arguments.getLast()), out).write(domains);
  }

  private int write(List<Domain> domains) {
    for (var domain : domains) {
      out.println("domain " + domain.name());
      DomainRecord.of(domain).forEach(this::write);
    }
    out.printf("%d written, %d kept, %d failed%n", written, kept, failed);
    return failed == 0 ? DONE : FAILED;
  }

  private void write(DomainRecord record) {
    var file = resources.resolve(record.path());
    if (Files.exists(file)) {
      kept++;
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, SchemaFormatter.format("json/pretty", schema(record)) + "\n");
      written++;
      out.println("  wrote " + file);
    } catch (IOException | UnsupportedTypeException | SchemaParseException fault) {
      failed++;
      out.println("  failed " + file + ": " + fault.getMessage());
    }
  }

  private static Schema schema(DomainRecord record) {
    var schema = RecordSchemas.schemaOf(record.type(), record.namespace());
    schema.addProp(SchemaKind.PROPERTY, record.kind().text());
    return schema;
  }
}
