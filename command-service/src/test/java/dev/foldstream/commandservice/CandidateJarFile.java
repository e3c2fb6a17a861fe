package dev.foldstream.commandservice;

import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.files.SchemaNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs a domain of the tests into a jar, as an adopter's build would. */
final class CandidateJarFile implements AutoCloseable {

  private static final Path CLASSES = Path.of("target", "test-classes");

  private final JarOutputStream jar;

  /** With the classes of the domain's package, and the domain registered. */
  CandidateJarFile(Path file, Class<?> domain) throws IOException {
    Files.createDirectories(file.getParent());
    jar = new JarOutputStream(Files.newOutputStream(file));
    add("META-INF/services/dev.foldstream.kernel.Domain", domain.getName());
    addFolder(Path.of(domain.getPackageName().replace('.', '/')));
  }

  /** The files of a folder of the test class path. */
  void addFolder(Path folder) throws IOException {
    try (var found = Files.list(CLASSES.resolve(folder))) {
      for (Path one : found.toList()) {
        add(folder.resolve(one.getFileName()).toString(), Files.readAllBytes(one));
      }
    }
  }

  void addSchema(String domain, String aggregate, Class<? extends Record> record)
      throws IOException {
    var schema = RecordSchemas.schemaOf(record, SchemaNames.namespace(domain, aggregate));
    add(SchemaNames.path(SchemaNames.folder(domain, aggregate), record), schema.toString());
  }

  private void add(String name, String text) throws IOException {
    add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
