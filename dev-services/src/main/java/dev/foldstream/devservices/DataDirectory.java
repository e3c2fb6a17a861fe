package dev.foldstream.devservices;

import dev.foldstream.devservices.embedded.EmbeddedServices;
import dev.foldstream.devservices.process.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the services keep in a directory. */
final class DataDirectory {

  private static final List<String> OURS =
      List.of(
          "kafka",
          "postgresql",
          "elasticsearch",
          "elasticsearch.cluster",
          "registry",
          "ports.properties");

  private DataDirectory() {}

  static void clear(Path directory) {
    try (var lock = DirectoryLock.of(directory)) {
      lock.requireHeld();
      ChildJvm.awaitPredecessors(directory);
      EmbeddedServices.stopOrphans(directory);
      OURS.forEach(name -> delete(directory.resolve(name)));
    }
  }

  /** Deletes a file, or a directory with all that is in it. */
  static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Deleting " + path, e);
    }
  }
}
