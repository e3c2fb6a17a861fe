package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.endtoend.Caller.Answer;
import dev.foldstream.quickstart.Installation;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Whatever happens to a view and to its hosts, no answer is older than the token of its query. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TokensUnderFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Installation running = SharedInstallation.running();
  private final Caller projections = SharedInstallation.projections();

  @Test
  void no_answer_is_older_than_its_token_while_views_are_switched_and_hosts_are_killed() {
    try (var readers = new TokenReaders()) {
      readers.awaitMore(10);
      changeLive("account-balances", "rebuild");
      readers.awaitMore(5);
      changeLive("account-balances", "rollback");
      changeLive("order-details", "rebuild");
      readers.awaitMore(5);
      running.queryService().kill();
      running.queryService().start();
      readers.awaitMore(5);
      assertThat(projections.post("/projections/account-balances/rebuild", "").status())
          .isEqualTo(202);
      running.projector().kill();
      running.projector().start();
      readers.awaitMore(5);
      awaitDone("account-balances");
      readers.awaitMore(5);
    }
  }

  private void changeLive(String view, String how) {
    Answer asked = projections.post("/projections/" + view + "/" + how, "");
    assertThat(asked.status()).as(asked.body()).isEqualTo(202);
    awaitDone(view);
  }

  private void awaitDone(String view) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode rebuild = projections.get("/projections/" + view + "/rebuild").json();
              assertThat(rebuild.path("state").asText()).as(rebuild.toString()).isEqualTo("done");
            });
  }
}
