package dev.foldstream.devservices.embedded;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.process.ServerFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once for each checkout. */
final class PostgresBinaries {

  private static final String VERSION = "18.6.0";

  private PostgresBinaries() {}

  /** The directory of the programs; several JVMs may ask at once. */
  static Path bin() {
    Path target = ServerFiles.root().resolve("dev-services/target");
    Path home = target.resolve("postgresql-" + VERSION);
    if (!Files.isDirectory(home)) {
      try {
        Files.createDirectories(target);
        unpackOnce(target, home);
      } catch (IOException e) {
        throw new UncheckedIOException("Unpacking PostgreSQL into " + home, e);
      }
    }
    return home.resolve("bin");
  }

  private static synchronized void unpackOnce(Path target, Path home) throws IOException {
    Path lockFile = target.resolve("postgresql.lock");
    try (var channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || Files.isDirectory(home)) {
        return;
      }
      Path half = Files.createTempDirectory(target, "postgresql-half");
      try (InputStream packed = archive();
          var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          unpack(entry, tar, half);
        }
      }
      Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(half, home);
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path home)
      throws IOException {
    Path file = home.resolve(entry.getName()).normalize();
    if (!file.startsWith(home)) {
      throw new IOException("Entry outside of the archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, file);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static InputStream archive() {
    String system = lower("os.name").startsWith("mac") ? "darwin" : lower("os.name");
    String machine =
        switch (lower("os.arch")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          case String other -> other;
        };
    String name = "/postgres-%s-%s.txz".formatted(system, machine);
    InputStream found = PostgresBinaries.class.getResourceAsStream(name);
    if (found == null) {
      throw new DevServiceException(
          "Wanted PostgreSQL for %s on %s, found no %s: use -Dfoldstream.services=containers"
              .formatted(machine, system, name));
    }
    return found;
  }

  private static String lower(String property) {
    return System.getProperty(property, "").toLowerCase(Locale.ROOT);
  }
}
