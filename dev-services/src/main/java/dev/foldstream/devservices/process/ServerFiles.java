package dev.foldstream.devservices.process;

import dev.foldstream.devservices.parts.DevServiceException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds what the build has laid down in the checkout. */
public final class ServerFiles {

  private static final String ROOT_PROPERTY = "foldstream.root";

  private ServerFiles() {}

  /** The checkout: named by the property {@code foldstream.root}, or found above our classes. */
  public static Path root() {
    String named = System.getProperty(ROOT_PROPERTY);
    if (named != null && !named.isBlank()) {
      return Path.of(named).toAbsolutePath().normalize();
    }
    for (Path at = codeSource(ServerFiles.class); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("dev-services/kafka-server/pom.xml"))) {
        return at;
      }
    }
    throw new DevServiceException(
        "Wanted the Foldstream checkout above %s, found none: set -D%s=<checkout>"
            .formatted(codeSource(ServerFiles.class), ROOT_PROPERTY));
  }

  /** The jar of a module below the root and everything it needs at run time. */
  public static List<Path> classPath(String module) {
    var classPath = new ArrayList<Path>();
    classPath.add(jar(module));
    Path dependencies = root().resolve(module).resolve("target/classpath.txt");
    try {
      for (String entry : Files.readString(dependencies).strip().split(File.pathSeparator, -1)) {
        classPath.add(Path.of(entry));
      }
    } catch (NoSuchFileException e) {
      throw notBuilt(module, dependencies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classPath;
  }

  /** The one jar that the module built. */
  public static Path jar(String module) {
    Path target = root().resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("foldstream-.*\\.jar"))
          .filter(
              file -> !file.getFileName().toString().matches(".*-(sources|javadoc|tests)\\.jar"))
          .findFirst()
          .orElseThrow(() -> notBuilt(module, target));
    } catch (NoSuchFileException e) {
      throw notBuilt(module, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file itself, which that module's build should have laid down. */
  public static Path required(Path file, String module) {
    if (!Files.exists(file)) {
      throw notBuilt(module, file);
    }
    return file;
  }

  /** The jar itself, when there is one. */
  public static Path requiredDomain(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new DevServiceException(
          "Wanted the jar of a domain at %s, found nothing: build it, or correct the path"
              .formatted(jar));
    }
    return jar;
  }

  private static DevServiceException notBuilt(String module, Path wanted) {
    return new DevServiceException(
        "Wanted %s, found nothing: build it with ./mvnw -q -DskipTests -pl %s -am package"
            .formatted(wanted, module));
  }

  /** The directory or jar that this class was loaded from. */
  public static Path codeSource(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
