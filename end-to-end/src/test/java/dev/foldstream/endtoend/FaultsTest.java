package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foldstream.endtoend.Caller.Answer;
import dev.foldstream.quickstart.Installation;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A part goes away and comes back: the others go on, and everything catches up by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultsTest {

  /** The bound of promise 9. */
  private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

  private final Installation running = SharedInstallation.running();

  @Test
  void without_kafka_a_command_is_a_503_and_with_kafka_it_is_accepted_again() {
    Shop.placed(Shop.newId("o"));

    running.services().kafka().kill();
    Answer refused;
    try {
      refused = Shop.place(Shop.newId("o"));
    } finally {
      running.services().kafka().start();
    }

    assertThat(refused.status()).as(refused.body()).isIn(503, 504);
    if (refused.status() == 503) {
      assertThat(refused.problem()).isEqualTo("kafka-unavailable");
      assertThat(refused.header("Retry-After")).isNotEmpty();
    }
    String id = Shop.newId("o");
    await().atMost(CAUGHT_UP).until(() -> Shop.place(id).status() == 200);
    await()
        .atMost(CAUGHT_UP)
        .until(
            () -> SharedInstallation.queries().get("/views/order-details/" + id).status() == 200);
    Log.read(running.services().kafka().bootstrapServers(), "commerce", "order").keepsItsPromises();
  }

  @Test
  void without_elasticsearch_the_postgresql_views_go_on_and_the_search_catches_up() {
    running.services().elasticsearch().kill();
    String id = Shop.newId("o");
    Answer row;
    Answer search;
    try {
      row = Shop.order(id, Shop.placed(id));
      search = SharedInstallation.queries().get("/search/order-details?q=" + id);
    } finally {
      running.services().elasticsearch().start();
    }

    assertThat(row.status()).as(row.body()).isEqualTo(200);
    assertThat(search.status()).as(search.body()).isEqualTo(503);
    assertThat(search.header("Retry-After")).isNotEmpty();
    await()
        .atMost(CAUGHT_UP)
        .until(
            () ->
                SharedInstallation.queries()
                        .get("/views/order-details/" + id + "?store=elasticsearch")
                        .status()
                    == 200);
  }

  @Test
  void after_a_crash_of_postgresql_the_projector_goes_on_from_its_position() {
    String before = Shop.newId("o");
    assertThat(Shop.order(before, Shop.placed(before)).status()).isEqualTo(200);

    running.services().postgres().kill();
    String during = Shop.newId("o");
    String token;
    Answer unavailable;
    try {
      token = Shop.placed(during);
      // The other row may be kept by the query-service, and is answered then.
      unavailable = SharedInstallation.queries().get("/views/order-details/" + during);
    } finally {
      running.services().postgres().start();
    }

    assertThat(unavailable.status()).as(unavailable.body()).isEqualTo(503);
    await().atMost(CAUGHT_UP).until(() -> Shop.order(during, token).status() == 200);
    assertThat(Shop.order(before, token).json().path("status").asText()).isEqualTo("PLACED");
  }
}
