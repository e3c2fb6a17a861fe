package dev.foldstream.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.foldstream.devservices.parts.Part;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledParentTest {

  /** Starts all parts below its first argument and prints their process ids. */
  static final class Parent {
    public static void main(String[] arguments) {
      var services = DevServices.in(Path.of(arguments[0])).start();
      var pids = Arrays.stream(Part.values()).map(part -> services.service(part).pid()).toList();
      System.out.println(pids.toString().replaceAll("[^0-9 ]", ""));
    }
  }

  @Test
  void no_server_outlives_a_killed_parent_and_its_data_is_found_again(@TempDir Path directory)
      throws Exception {
    var parent = parent(directory);
    try (var lines = parent.inputReader(StandardCharsets.UTF_8)) {
      List<ProcessHandle> servers = new ArrayList<>();
      for (String pid : String.valueOf(lines.readLine()).split(" ", -1)) {
        servers.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
      }
      assertThat(servers).hasSize(Part.values().length).allMatch(ProcessHandle::isAlive);
      assertThatThrownBy(() -> DevServices.in(directory)).hasMessageContaining("Another process");
      parent.destroyForcibly().waitFor();
      // The next run waits for what the killed one left.
      try (var services = DevServices.in(directory)) {
        services.start(Part.POSTGRESQL, Part.KAFKA);
        assertThat(services.kafka().clusterId()).isNotEmpty();
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
    }
  }

  private static Process parent(Path directory) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dfoldstream.root=" + System.getProperty("foldstream.root"),
            "-cp",
            System.getProperty("java.class.path", "") + File.pathSeparator,
            Parent.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
