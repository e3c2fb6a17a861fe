package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foldstream.endtoend.Caller.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A topology that the example ships, registered as the README shows it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TopologiesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PATH = "/topologies/high-value-orders";

  private final Caller topologies = SharedInstallation.topologies();
  private final Caller commands = SharedInstallation.commands();

  @Test
  void orders_of_high_value_are_written_to_its_topic_and_it_is_drawn() throws IOException {
    Answer registered = topologies.putYaml(PATH, shipped("high-value-orders"));
    assertThat(registered.status()).as(registered.body()).isIn(200, 201);
    await().atMost(PATIENCE).until(() -> state().equals("RUNNING"));
    String dear = Shop.newId("o");
    String cheap = Shop.newId("o");
    place(dear, "600.00");
    place(cheap, "4.00");

    await().atMost(PATIENCE).until(() -> keys().contains(dear));
    assertThat(keys()).doesNotContain(cheap);
    assertThat(topologies.get(PATH + "/diagram").body()).startsWith("<svg");
    assertThat(topologies.get("/health").status()).isEqualTo(200);
  }

  private String state() {
    return topologies.get(PATH).json().at("/running/0/state").asText();
  }

  private void place(String id, String unitPrice) {
    Answer placed =
        commands.post(
            "/commands/commerce/order/" + id + "/PlaceOrder",
            """
            {"customerId": "c-1", "currency": "EUR",
             "lines": [{"sku": "lamp", "quantity": 2, "unitPrice": "%s"}]}
            """
                .formatted(unitPrice));
    assertThat(placed.status()).as(placed.body()).isEqualTo(200);
  }

  private static List<String> keys() {
    String servers = SharedInstallation.running().services().kafka().bootstrapServers();
    return Log.records(servers, "commerce.high-value-orders").stream().map(Log::key).toList();
  }

  private static String shipped(String name) throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("foldstream.root")));
    return Files.readString(
        root.resolve("commerce/src/main/resources/META-INF/topologies/commerce")
            .resolve(name + ".yaml"));
  }
}
