package dev.foldstream.topologyservice.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.eventstore.topics.TopicSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Two processes that write at the same time: nothing is lost and nothing is decided on old state.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistryTest {

  private static final int CHANGES = 8;
  private static final String SERVERS = DevServices.shared().kafka().bootstrapServers();

  private static final Cluster CLUSTER = new Cluster(SERVERS);

  @BeforeAll
  static void prepare() {
    TopicSetup.prepareTopologies(CLUSTER.admin(), TopicSettings.SINGLE_BROKER);
  }

  @AfterAll
  static void close() {
    CLUSTER.close();
  }

  @Test
  void every_change_is_decided_on_the_one_before_whoever_makes_it() {
    try (var one = started();
        var other = started()) {
      one.change("raced", entry -> Registry.Change.of(Head.begin("raced", null, "a"), version(1)));
      var changes =
          Stream.of(
                  CompletableFuture.supplyAsync(() -> changed(one, "one")),
                  CompletableFuture.supplyAsync(() -> changed(other, "other")))
              .toList();
      int made = changes.stream().mapToInt(CompletableFuture::join).sum();
      assertThat(made).isGreaterThan(CHANGES);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                assertThat(revision(one)).isEqualTo(1L + made);
                assertThat(other.find("raced")).isEqualTo(one.find("raced"));
              });
      Entry entry = one.find("raced");
      try (var later = started()) {
        assertThat(later.find("raced")).isEqualTo(entry);
      }
    }
  }

  private static long revision(Registry registry) {
    return Objects.requireNonNull(registry.find("raced")).head().revision();
  }

  /** How many were made; one that lost too many races is not. */
  private static int changed(Registry registry, String who) {
    return IntStream.range(0, CHANGES)
        .map(
            i -> {
              try {
                registry.change(
                    "raced",
                    entry -> Registry.Change.of(Objects.requireNonNull(entry).head().again(who)));
                return 1;
              } catch (LostRaceException lost) {
                return 0;
              }
            })
        .sum();
  }

  @Test
  void what_the_decision_throws_ends_the_change_and_nothing_is_stored() {
    try (var registry = started()) {
      assertThatThrownBy(
              () ->
                  registry.change(
                      "never",
                      entry -> {
                        throw new CompletionException("no", null);
                      }))
          .isInstanceOf(CompletionException.class);
      assertThat(registry.find("never")).isNull();
    }
  }

  @Test
  void versions_that_are_forgotten_are_gone_and_the_head_stays() {
    try (var registry = started()) {
      registry.change(
          "gone", entry -> Registry.Change.of(Head.begin("gone", null, "a"), version("gone", 1)));
      Entry entry =
          registry.change(
              "gone",
              found ->
                  new Registry.Change(
                      Objects.requireNonNull(found).head().desired(Desired.DELETED, "a"),
                      List.of(),
                      List.of(1)));
      assertThat(Objects.requireNonNull(entry).versions()).isEmpty();
      assertThat(entry.head().deleted()).isTrue();
      assertThat(registry.all()).noneMatch(one -> one.name().equals("gone"));
    }
  }

  private static Registry started() {
    var registry = new Registry(SERVERS, CLUSTER, name -> {});
    registry.start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(registry::complete);
    return registry;
  }

  private static StoredVersion version(int number) {
    return version("raced", number);
  }

  private static StoredVersion version(String name, int number) {
    return new StoredVersion(
        name,
        number,
        "name: " + name,
        "application/yaml",
        "digest",
        number,
        "FIRST",
        List.of(),
        Instant.EPOCH,
        "a");
  }
}
