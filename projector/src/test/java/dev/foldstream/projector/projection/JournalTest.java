package dev.foldstream.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.projector.journal.JournalDecoder;
import dev.foldstream.projector.library.LibraryDomain.ShelfEvent.Bought;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewPause;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.journal.Journal;
import dev.foldstream.viewstore.journal.JournalEntry;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JournalTest {

  private static final ProjectorSettings SETTINGS =
      new ProjectorSettings(
          50, 40, Duration.ofSeconds(6), Duration.ofMillis(50), Duration.ofMillis(500));
  private static final ViewDefinition VIEW =
      Journal.over(List.of(LibraryLog.TOPIC), LibraryLog.PARTITIONS);
  private static final ViewVersion VERSION = new ViewVersion(VIEW, 1);

  private final List<ProjectionWorker> workers = new ArrayList<>();
  private final PostgresViewStore postgres = postgres();
  private final LibraryLog log = log();

  @BeforeAll
  static void servers() {
    DevServices.shared().start(Part.KAFKA, Part.POSTGRESQL);
  }

  private static PostgresViewStore postgres() {
    var server = DevServices.shared().postgres();
    return PostgresViewStore.open(
        new PostgresSettings(server.newDatabase("journal"), server.user(), server.password(), 4));
  }

  private static LibraryLog log() {
    try {
      return new LibraryLog(new InMemorySchemaRegistry());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    workers.forEach(ProjectionWorker::close);
    log.close();
    postgres.close();
  }

  private void start(FaultyStore.Fault fault) {
    var store = new FaultyStore(postgres.journal(), fault, fault);
    var worker =
        new ProjectionWorker(
            new ProjectionTarget(Journal.NAME, VIEW, ViewStoreKind.POSTGRESQL, store),
            new LogConsumers(DevServices.shared().kafka().bootstrapServers(), SETTINGS),
            new JournalDecoder(FoundDomains.of(List.of(log.domain()))),
            SETTINGS,
            "journal-" + workers.size());
    workers.add(worker);
    worker.start();
  }

  private List<JournalEntry> entries(String book) {
    return postgres.journalReader().from(LibraryLog.TOPIC, book, 1, 1000);
  }

  private void awaitCaughtUp() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              for (int partition = 0; partition < LibraryLog.PARTITIONS; partition++) {
                var name = new TopicPartitionName(LibraryLog.TOPIC, partition);
                assertThat(postgres.reader().positions(VIEW).get(name))
                    .satisfies(it -> assertThat(it).isNotNull())
                    .extracting(it -> it.sequence())
                    .isEqualTo(log.sequence(partition));
              }
            });
  }

  @Test
  void every_event_is_copied_once_whatever_happens_around_the_commits() {
    var random = RandomGenerator.of("L64X128MixRandom");
    start(
        commit -> {
          if (random.nextInt(3) == 0) {
            throw new ViewStoreUnavailableException("died", new IllegalStateException());
          }
        });
    for (int i = 0; i < 60; i++) {
      log.commit(i % 2, "b-" + i % 2, new Bought(i), new Bought(1));
      log.abort(i % 2);
    }
    awaitCaughtUp();
    for (int partition = 0; partition < LibraryLog.PARTITIONS; partition++) {
      List<JournalEntry> copied = entries("b-" + partition);
      assertThat(copied)
          .extracting(JournalEntry::version)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
      assertThat(copied).extracting(JournalEntry::partition).containsOnly(partition);
    }
    assertThat(postgres.operations().ledger(VERSION).values())
        .allSatisfy(
            ledger -> {
              assertThat(ledger.complete()).isTrue();
              assertThat(ledger.counts().applied()).isEqualTo(60);
            });
    JournalEntry last = entries("b-0").getLast();
    assertThat(log.codec().decode(last.value())).isEqualTo(new Bought(1));
    assertThat(postgres.journalReader().ofCommand(last.commandId(), 10))
        .extracting(JournalEntry::eventId)
        .containsExactly(last.eventId());
  }

  @Test
  void what_nobody_can_read_is_copied_and_a_version_that_comes_twice_is_set_aside() {
    log.commitUnreadable(0, "dune");
    log.commit(0, "dune", new Bought(1));
    log.commit(1, "dune", new Bought(1), new Bought(2), new Bought(3));
    start(commit -> {});
    awaitCaughtUp();
    assertThat(entries("dune")).extracting(JournalEntry::version).containsExactly(1L, 2L, 3L);
    long quarantined =
        postgres.operations().ledger(VERSION).values().stream()
            .mapToLong(ledger -> ledger.counts().quarantined())
            .sum();
    assertThat(quarantined).as("versions 1 and 2 are in both partitions").isPositive();
  }

  @Test
  void it_stands_still_while_it_is_paused() {
    start(commit -> {});
    log.commit(0, "dune", new Bought(1));
    awaitCaughtUp();
    postgres.operations().pause(VIEW, new ViewPause("tests", Instant.now()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> workers.getFirst().progress().state() == WorkState.PAUSED);
    log.commit(0, "dune", new Bought(2));
    assertThat(entries("dune")).hasSize(1);
    postgres.operations().resume(VIEW);
    awaitCaughtUp();
    assertThat(entries("dune")).hasSize(2);
  }
}
