package dev.foldstream.schemas.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * The versions of schema files that were released, kept in the repository: {@code
 * <domain>/<aggregate>/<Record>/<version>.avsc}, versions from 1. They are never changed.
 */
public final class ReleasedSchemas {

  private static final String SUFFIX = ".avsc";

  private final Path folder;
  private final SortedMap<String, List<Schema>> versions = new TreeMap<>();

  private ReleasedSchemas(Path folder) {
    this.folder = folder;
  }

  /** Reads all of them; a folder that is not there holds none. */
  public static ReleasedSchemas in(Path folder) {
    var released = new ReleasedSchemas(folder);
    schemaFiles(folder).stream()
        .map(Path::getParent)
        .distinct()
        .forEach(record -> released.versions.put(name(folder, record), released.read(record)));
    return released;
  }

  /** For each file, {@code <domain>/<aggregate>/<Record>}, its versions from the oldest. */
  public SortedMap<String, List<Schema>> versions() {
    return versions;
  }

  /** The versions of one file from the oldest; none when it was never released. */
  public List<Schema> versions(String file) {
    return versions.getOrDefault(file, List.of());
  }

  /** Where the next version of a file goes. */
  Path next(String file) {
    return folder.resolve(file).resolve((versions(file).size() + 1) + SUFFIX);
  }

  private List<Schema> read(Path record) {
    var schemas = new ArrayList<Schema>();
    int count = schemaFiles(record).size();
    for (int version = 1; version <= count; version++) {
      schemas.add(parse(record.resolve(version + SUFFIX)));
    }
    return schemas;
  }

  /** The files below a folder, by path; none when the folder is not there. */
  static List<Path> schemaFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** {@code <domain>/<aggregate>/<Record>} of a file or folder. */
  static String name(Path root, Path file) {
    var name = root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(Files.readString(file));
    } catch (IOException fault) {
      throw new UncheckedIOException(file + " cannot be read", fault);
    }
  }
}
