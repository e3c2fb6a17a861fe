package dev.foldstream.schemas.files;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Upcaster;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.codec.SchemaMismatchException;
import dev.foldstream.schemas.types.UnsupportedTypeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schema files of all commands and events of some domains, the progress of processes among the
 * events, found on the class path and checked against their records. Never changes.
 */
public final class SchemaFiles {

  private record File(DomainRecord record, Schema schema) {}

  private final Map<Class<?>, File> byType = new LinkedHashMap<>();
  private final Map<String, File> byName = new LinkedHashMap<>();

  private SchemaFiles(Collection<File> files) {
    var faults = new ArrayList<String>();
    files.forEach(file -> add(file, faults));
    refuse(faults);
  }

  private static SchemaFiles loaded(Collection<DomainRecord> records) {
    var faults = new ArrayList<String>();
    var files = new ArrayList<File>();
    for (var record : records) {
      try {
        files.add(new File(record, load(record)));
      } catch (FaultyFile fault) {
        faults.add(fault.getMessage());
      }
    }
    refuse(faults);
    return new SchemaFiles(files);
  }

  private static void refuse(List<String> faults) {
    if (!faults.isEmpty()) {
      throw new SchemaFilesException(faults);
    }
  }

  /**
   * The files of one domain.
   *
   * @throws SchemaFilesException naming everything that is missing or does not fit
   */
  public static SchemaFiles of(Domain domain) {
    return of(List.of(domain));
  }

  /**
   * The files of several domains.
   *
   * @throws SchemaFilesException naming everything that is missing or does not fit
   */
  public static SchemaFiles of(Collection<? extends Domain> domains) {
    return loaded(domains.stream().flatMap(domain -> DomainRecord.of(domain).stream()).toList());
  }

  /**
   * The files of messages outside any aggregate.
   *
   * @param folder below {@code META-INF/schemas}, also the Avro namespace
   */
  public static SchemaFiles ofMessages(String folder, Class<?> sealedOrRecord) {
    return loaded(
        DomainRecord.of(
            sealedOrRecord,
            folder,
            folder.replace('/', '.').replace('-', '_'),
            SchemaKind.MESSAGE));
  }

  /** These files and those. */
  public SchemaFiles and(SchemaFiles others) {
    var both = new ArrayList<>(byType.values());
    both.addAll(others.byType.values());
    return new SchemaFiles(both);
  }

  /**
   * The schema of this record.
   *
   * @throws IllegalArgumentException for a record without a file
   */
  public Schema schema(Class<?> record) {
    return file(record).schema();
  }

  /** The schema of this record, when it has a file. */
  public Optional<Schema> find(Class<?> record) {
    @Nullable File file = byType.get(record);
    return Optional.ofNullable(file).map(File::schema);
  }

  /**
   * The record with this Avro full name, or with an alias of that name.
   *
   * @throws IllegalArgumentException for a name that no file has
   */
  public Class<? extends Record> type(String fullName) {
    return find(fullName)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no schema file is named %s; there are %s"
                        .formatted(fullName, byName.keySet())));
  }

  /** The record with this Avro full name, or with an alias of that name. */
  public Optional<Class<? extends Record>> find(String fullName) {
    @Nullable File file = byName.get(fullName);
    return file == null ? Optional.empty() : Optional.of(file.record().type());
  }

  /** The Avro full name of this record, which is its type on the wire. */
  public String typeName(Class<?> record) {
    return schema(record).getFullName();
  }

  /** {@code <domain>/<aggregate>/<Record>}, what the file is called below the root. */
  public String fileName(Class<?> record) {
    var entry = file(record).record();
    return entry.folder() + "/" + entry.type().getSimpleName();
  }

  public SchemaKind kind(Class<?> record) {
    return file(record).record().kind();
  }

  /** What turns this record, the old form of an event, into an event of today. */
  public Optional<Upcaster<?>> upcaster(Class<?> record) {
    return Optional.ofNullable(file(record).record().upcaster());
  }

  public Collection<Schema> all() {
    return byType.values().stream().map(File::schema).toList();
  }

  /** The records, in the order of the domains' features. */
  public Collection<Class<? extends Record>> records() {
    return byType.values().stream()
        .<Class<? extends Record>>map(file -> file.record().type())
        .toList();
  }

  private File file(Class<?> record) {
    @Nullable File file = byType.get(record);
    if (file == null) {
      throw new IllegalArgumentException(
          "%s has no schema file; there are files for %s"
              .formatted(record.getName(), byName.keySet()));
    }
    return file;
  }

  private void add(File file, List<String> faults) {
    var same = byName.putIfAbsent(file.schema().getFullName(), file);
    if (same != null) {
      faults.add(
          "%s is the name of %s and of %s"
              .formatted(file.schema().getFullName(), same.record().path(), file.record().path()));
    }
    byType.put(file.record().type(), file);
    file.schema().getAliases().forEach(alias -> byName.putIfAbsent(alias, file));
  }

  private static Schema load(DomainRecord record) {
    try {
      var schema = new Schema.Parser().parse(text(record));
      check(record, schema);
      return schema;
    } catch (AvroRuntimeException | SchemaMismatchException | UnsupportedTypeException fault) {
      throw new FaultyFile(record.path() + ": " + fault.getMessage());
    }
  }

  private static String text(DomainRecord record) {
    var loader = Optional.ofNullable(record.type().getClassLoader());
    var found = loader.map(from -> from.getResourceAsStream(record.path()));
    try (var in =
        found.orElseGet(
            () -> SchemaFiles.class.getClassLoader().getResourceAsStream(record.path()))) {
      if (in == null) {
        throw new FaultyFile(
            "%s is not on the class path; SchemaWriter writes it from %s"
                .formatted(record.path(), record.type().getName()));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static void check(DomainRecord record, Schema schema) {
    if (schema.getType() != Schema.Type.RECORD || !schema.getFullName().equals(record.fullName())) {
      throw new FaultyFile(
          "%s: wanted a record named %s, found %s"
              .formatted(record.path(), record.fullName(), schema.getFullName()));
    }
    var kind = schema.getProp(SchemaKind.PROPERTY);
    if (kind != null && !kind.equals(record.kind().text())) {
      throw new FaultyFile(
          "%s: its kind is %s, but the domain lists the record as %s"
              .formatted(record.path(), kind, record.kind().text()));
    }
    RecordCodec.of(record.type(), schema);
  }

  private static final class FaultyFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    FaultyFile(String message) {
      super(message);
    }
  }
}
