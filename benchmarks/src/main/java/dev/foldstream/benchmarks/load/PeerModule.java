package dev.foldstream.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A module below {@code benchmarks} with the classes of one peer, built with {@code -Ppeers}. */
public final class PeerModule {

  private PeerModule() {}

  /** To be appended to the class path of this JVM. */
  public static String classPath(String name) throws IOException {
    Path module = Path.of(System.getProperty("foldstream.root", "."), "benchmarks", name);
    Path classPath = module.resolve("target/classpath.txt");
    if (Files.notExists(classPath)) {
      throw new IllegalStateException(
          "wanted %s, found none: build it with ./mvnw -q -DskipTests -Ppeers -pl benchmarks/%s -am package"
              .formatted(classPath, name));
    }
    return File.pathSeparator
        + module.resolve("target/classes")
        + File.pathSeparator
        + Files.readString(classPath).strip();
  }
}
