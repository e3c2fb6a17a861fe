package dev.foldstream.devservices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The services of this JVM and their directory, which goes with them. */
final class SharedServices {

  static final DevServices INSTANCE = open();

  private SharedServices() {}

  private static DevServices open() {
    Path all = Path.of(System.getProperty("basedir", "."), "target", "dev-services");
    try {
      Files.createDirectories(all);
      sweep(all);
      Path own = Files.createTempDirectory(all, ProcessHandle.current().pid() + "-");
      var services = DevServices.in(own);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    services.close();
                    DataDirectory.delete(own);
                  },
                  "dev-services-stop"));
      return services;
    } catch (IOException e) {
      throw new UncheckedIOException("Making a directory below " + all, e);
    }
  }

  /** Deletes what killed JVMs left behind. */
  private static void sweep(Path all) throws IOException {
    try (Stream<Path> old = Files.list(all)) {
      for (Path directory : old.toList()) {
        DirectoryLock.tryLock(directory)
            .ifPresent(
                lock -> {
                  DataDirectory.delete(directory);
                  lock.close();
                });
      }
    }
  }
}
