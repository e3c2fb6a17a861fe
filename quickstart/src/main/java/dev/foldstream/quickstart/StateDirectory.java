package dev.foldstream.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What the hosts keep in the directory of an installation. */
final class StateDirectory {

  private StateDirectory() {}

  static Path of(Path directory) {
    return directory.resolve("state");
  }

  static void clear(Path directory) {
    Path state = of(directory);
    if (!Files.exists(state)) {
      return;
    }
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Deleting " + state, e);
    }
  }
}
