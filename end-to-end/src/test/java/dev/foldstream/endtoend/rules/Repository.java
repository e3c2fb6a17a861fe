package dev.foldstream.endtoend.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The checkout that is being built. */
final class Repository {

  static final Path ROOT =
      Path.of(
          Objects.requireNonNull(
              System.getProperty("foldstream.root"), "the build sets foldstream.root"));

  private Repository() {}

  /** Files below the root that match, without build output and hidden folders. */
  static List<Path> files(Predicate<Path> wanted) {
    try (var walk = Files.walk(ROOT)) {
      return walk.filter(Files::isRegularFile)
          .filter(path -> isSource(ROOT.relativize(path)))
          .filter(wanted)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static List<Path> javaFiles() {
    return files(path -> path.toString().endsWith(".java"));
  }

  static String name(Path file) {
    return ROOT.relativize(file).toString();
  }

  static boolean isTest(Path file) {
    return name(file).contains("src/test/") || name(file).startsWith("end-to-end/");
  }

  private static boolean isSource(Path relative) {
    for (Path part : relative) {
      String name = part.toString();
      if (name.equals("target") || name.startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
