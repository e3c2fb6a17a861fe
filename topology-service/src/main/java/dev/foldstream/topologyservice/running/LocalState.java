package dev.foldstream.topologyservice.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of an application that will not run again. */
final class LocalState {

  private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);

  private LocalState() {}

  static void delete(Path stateDirectory, String applicationId) {
    Path own = stateDirectory.resolve(applicationId);
    if (!Files.isDirectory(own)) {
      return;
    }
    try (Stream<Path> files = Files.walk(own)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      LOG.warn("{} could not be deleted and may be, by hand: {}", own, left.getMessage());
    }
  }
}
