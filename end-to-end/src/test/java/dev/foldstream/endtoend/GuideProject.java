package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The project of docs/your-own-domain.md, made word by word: its files and its commands. */
final class GuideProject {

  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("foldstream.root")));
  private static final Path GUIDE = ROOT.resolve("docs/your-own-domain.md");
  private static final Pattern FILE =
      Pattern.compile("(?m)^`([^`]+)`:\\n\\n```[a-z]+\\n(.*?)^```$", Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("(?m)^```sh\\n(.*?)^```$", Pattern.DOTALL);
  private static final long PATIENCE_SECONDS = 120;

  private GuideProject() {}

  /** Builds it and returns its jar. */
  static Path jar() {
    Path project = SharedInstallation.directory("library-project");
    try {
      writeFiles(project);
      runBuildCommands(project);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while the guide's project was built", stopped);
    }
    return project.resolve("library.jar");
  }

  private static void writeFiles(Path project) throws IOException {
    var files = FILE.matcher(Files.readString(GUIDE));
    var written = new ArrayList<String>();
    while (files.find()) {
      Path file = project.resolve(files.group(1));
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, files.group(2));
      written.add(files.group(1));
    }
    assertThat(written).hasSizeGreaterThan(5);
  }

  /**
   * Runs every shell block that builds; the last one starts Foldstream and is what the test does
   * itself.
   */
  private static void runBuildCommands(Path project) throws IOException, InterruptedException {
    var blocks = COMMAND.matcher(Files.readString(GUIDE));
    List<String> commands = new ArrayList<>();
    while (blocks.find()) {
      if (!blocks.group(1).contains("/run\"")) {
        commands.add(blocks.group(1));
      }
    }
    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      run(project, command);
    }
  }

  private static void run(Path project, String command) throws IOException, InterruptedException {
    var shell = new ProcessBuilder("sh", "-e", "-c", command).directory(project.toFile());
    shell.environment().put("FOLDSTREAM", ROOT.toString());
    shell.environment().put("PATH", jdkFirst());
    Process process = shell.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(command + "\n" + output).isZero();
  }

  private static String jdkFirst() {
    return Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
  }
}
