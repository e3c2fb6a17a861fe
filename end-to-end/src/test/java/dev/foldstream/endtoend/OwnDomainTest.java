package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.endtoend.Caller.Answer;
import dev.foldstream.quickstart.Installation;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Does what docs/your-own-domain.md says, word by word, and drops the jar in. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OwnDomainTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Installation library = SharedInstallation.fulfilling();

  @AfterAll
  static void stop() {
    SharedInstallation.stopFulfilling();
  }

  @Test
  void the_guide_leads_to_a_running_domain() {
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

  /** The process takes the event on its own way, which no token waits for. */
  private static void awaitLoan(Caller queries) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Answer loan = queries.get("/views/loans/b-1");
              assertThat(loan.status()).as(loan.body()).isEqualTo(200);
              assertThat(loan.json().path("waitingFor").asText()).isEqualTo("BookReturned");
            });
  }
}
