package dev.foldstream.devservices.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The logs of child processes: appended to over restarts, one older file kept. */
final class LogFiles {

  /** A larger log is put aside at the next start. */
  static final long ROLL_BYTES = 10L * 1024 * 1024;

  private static final int TAIL_BYTES = 64 * 1024;

  private LogFiles() {}

  static void roll(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > ROLL_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static Writer appender(Path log) throws IOException {
    return Files.newBufferedWriter(
        log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  static long size(Path log) throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }

  /** The last lines that were written behind this size. */
  static String tail(Path log, long from, int lines) {
    try (var channel = Files.newByteChannel(log)) {
      channel.position(Math.max(from, channel.size() - TAIL_BYTES));
      var bytes = java.nio.ByteBuffer.allocate(TAIL_BYTES);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until the end of the file or of the buffer.
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      List<String> all = text.lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }
}
