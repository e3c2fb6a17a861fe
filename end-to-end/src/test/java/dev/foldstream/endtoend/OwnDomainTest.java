package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.endtoend.Caller.Answer;
import dev.foldstream.quickstart.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Does what docs/your-own-domain.md says, word by word: writes its files, runs its commands, drops
 * the jar in.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OwnDomainTest {

  private static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("foldstream.root")));
  private static final Path GUIDE = ROOT.resolve("docs/your-own-domain.md");
  private static final Pattern FILE =
      Pattern.compile("(?m)^`([^`]+)`:\\n\\n```[a-z]+\\n(.*?)^```$", Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("(?m)^```sh\\n(.*?)^```$", Pattern.DOTALL);
  private static final long PATIENCE_SECONDS = 120;

  @Test
  void the_guide_leads_to_a_running_domain() throws Exception {
    Path project = SharedInstallation.directory("library-project");
    writeFiles(project);
    runBuildCommands(project);

    Path jar = project.resolve("library.jar");
    try (Installation library =
        SharedInstallation.start(SharedInstallation.directory("library"), jar)) {
      Caller commands = new Caller(library.commandService().uri());
      Answer added = commands.post("/commands/library/book/b-1/AddBook", "{\"title\": \"Emma\"}");
      assertThat(added.status()).as(added.body()).isEqualTo(200);
      Answer lent = commands.post("/commands/library/book/b-1/LendBook", "{\"reader\": \"Ada\"}");
      assertThat(lent.status()).as(lent.body()).isEqualTo(200);
      Answer again = commands.post("/commands/library/book/b-1/LendBook", "{\"reader\": \"Bo\"}");
      assertThat(again.json().path("rejection").asText()).isEqualTo("BOOK_IS_LENT");

      Answer row =
          new Caller(library.queryService().uri())
              .get(
                  "/views/shelf/b-1",
                  "Foldstream-Token",
                  lent.header("Foldstream-Token"),
                  "Prefer",
                  "wait=30");
      assertThat(row.status()).as(row.body()).isEqualTo(200);
      assertThat(row.json().path("title").asText()).isEqualTo("Emma");
      assertThat(row.json().path("reader").asText()).isEqualTo("Ada");
      awaitLoan(new Caller(library.queryService().uri()));
    }
  }

  /** The process takes the event on its own way, which no token waits for. */
  private static void awaitLoan(Caller queries) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .untilAsserted(
            () -> {
              Answer loan = queries.get("/views/loans/b-1");
              assertThat(loan.status()).as(loan.body()).isEqualTo(200);
              assertThat(loan.json().path("waitingFor").asText()).isEqualTo("BookReturned");
            });
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
  private static void runBuildCommands(Path project) throws Exception {
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

  private static void run(Path project, String command) throws Exception {
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
