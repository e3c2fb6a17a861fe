package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.quickstart.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Confluent's own serializer and deserializer, in a JVM of their own, against our topics. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InteroperationTest {

  private static final long PATIENCE_SECONDS = 120;

  private final Installation running = SharedInstallation.running();

  @Test
  void a_confluent_client_writes_commands_that_are_decided_and_reads_the_events() throws Exception {
    String account = "confluent-" + UUID.randomUUID();

    List<String> events = runClient(account);

    assertThat(events)
        .containsExactly(
            "commerce.account.AccountOpened owner=Ada Example email=ada@example.com currency=EUR"
                + " version=1",
            "commerce.account.MoneyDeposited amount=123.45 currency=EUR version=2");
  }

  private List<String> runClient(String account) throws IOException, InterruptedException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("foldstream.root")));
    Path errors = Files.createTempFile("confluent-client", ".log");
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                root.resolve("end-to-end/target/confluent/confluent-avro.jar").toString(),
                root.resolve("end-to-end/src/test/confluent/ConfluentClient.java").toString(),
                running.services().kafka().bootstrapServers(),
                running.services().registry().url().toString(),
                account)
            .redirectError(errors.toFile())
            .start();
    String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(client.exitValue()).as(output + Files.readString(errors)).isZero();
    return output.lines().filter(line -> line.startsWith("commerce.")).toList();
  }
}
