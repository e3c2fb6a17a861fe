package dev.foldstream.eventstore.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.eventstore.counter.CommittedRecords;
import dev.foldstream.eventstore.counter.CounterCommand.Burst;
import dev.foldstream.eventstore.counter.CounterCommand.Fail;
import dev.foldstream.eventstore.counter.CounterCommand.How;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent.Padded;
import dev.foldstream.eventstore.counter.CounterSystem;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.outcomes.Outcome.Quarantined;
import dev.foldstream.eventstore.quarantine.QuarantineCodec;
import dev.foldstream.eventstore.quarantine.QuarantinedCommand;
import dev.foldstream.eventstore.topics.Partitions;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonCommandTest {

  private static final int PARTITIONS = 6;
  private final CounterSystem system = new CounterSystem(CounterDomain.fresh());
  private final DecisionApplication application = system.started();
  private String id = "";
  private String commandId = "";

  @BeforeEach
  void another_key() {
    id = "poison-" + UUID.randomUUID();
    commandId = UUID.randomUUID().toString();
  }

  @AfterAll
  void stop() {
    application.close();
    system.close();
  }

  @AfterEach
  void the_task_goes_on_with_the_same_key() {
    String key = "next-" + UUID.randomUUID();
    assertThat(system.send(key, new Increment(1), key)).isInstanceOf(Accepted.class);
  }

  @Test
  void bytes_that_are_not_avro() {
    assertValueQuarantined(new byte[] {1, 2, 3}, "UNREADABLE");
  }

  @Test
  void a_schema_id_nobody_registered() {
    assertValueQuarantined(new byte[] {0, 0x7f, 0, 0, 1, 2}, "UNREADABLE");
  }

  @Test
  void a_value_that_ends_too_early() {
    byte[] whole = system.value(new Increment(1_000_000));
    assertValueQuarantined(java.util.Arrays.copyOf(whole, whole.length - 1), "UNREADABLE");
  }

  @Test
  void no_value_at_all() {
    assertValueQuarantined(null, "UNREADABLE");
  }

  @Test
  void an_event_sent_as_a_command() {
    byte[] event = system.wire().codec().encode(system.eventsTopic(), new Padded("x"));
    assertValueQuarantined(event, "UNKNOWN_TYPE");
  }

  @Test
  void a_decider_that_throws() {
    assertValueQuarantined(system.value(new Fail(How.DECIDING)), "DECIDER_FAILED");
  }

  @Test
  void a_decider_that_cannot_fold_its_own_event() {
    assertValueQuarantined(system.value(new Fail(How.EVOLVING)), "DECIDER_FAILED");
  }

  @Test
  void an_answer_that_is_too_large() {
    assertValueQuarantined(system.value(new Burst(1, 1_000_000)), "ANSWER_TOO_LARGE");
  }

  @Test
  void the_largest_answer_that_is_allowed_goes_through() {
    assertThat(system.send(id, new Burst(4, 990_000), commandId)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_header_that_is_not_what_it_says() {
    var headers = headers();
    headers.add("ce_expectedversion", CounterSystem.bytes("soon"));
    var record =
        new ProducerRecord<>(
            system.commandsTopic(),
            null,
            null,
            CounterSystem.bytes(id),
            system.value(new Increment(1)),
            headers);
    assertQuarantined(record, "INVALID_HEADER");
  }

  @Test
  void a_key_in_a_partition_it_does_not_belong_to() {
    int wrong = (Partitions.of(id, PARTITIONS) + 1) % PARTITIONS;
    var record =
        new ProducerRecord<>(
            system.commandsTopic(),
            wrong,
            null,
            CounterSystem.bytes(id),
            system.value(new Increment(1)),
            headers());
    assertQuarantined(record, "WRONG_PARTITION");
    assertThat(system.send(id, new Increment(1), "later-" + commandId))
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.version()).isEqualTo(1));
  }

  @Test
  void a_record_without_a_key_is_set_aside_with_a_pointer() {
    long offset =
        system.sendPlain(
            new ProducerRecord<>(system.commandsTopic(), 2, null, system.value(new Increment(1))));
    org.awaitility.Awaitility.await()
        .atMost(CounterSystem.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pointers())
                    .anySatisfy(
                        pointer -> {
                          assertThat(pointer.partition()).isEqualTo(2);
                          assertThat(pointer.offset()).isEqualTo(offset);
                          assertThat(pointer.cause()).isEqualTo("INVALID_ID");
                          assertThat(pointer.key()).isNull();
                        }));
  }

  private void assertValueQuarantined(byte @Nullable [] value, String cause) {
    assertQuarantined(
        new ProducerRecord<byte[], byte[]>(
            system.commandsTopic(), null, null, CounterSystem.bytes(id), value, headers()),
        cause);
  }

  private void assertQuarantined(ProducerRecord<byte[], byte[]> record, String cause) {
    var outcome = CounterSystem.await(system.send(record, id, commandId));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Quarantined.class, poison -> assertThat(poison.cause()).isEqualTo(cause));
    assertThat(pointers())
        .filteredOn(pointer -> pointer.commandId().equals(commandId))
        .singleElement()
        .satisfies(
            pointer -> {
              assertThat(pointer.topic()).isEqualTo(system.commandsTopic());
              assertThat(pointer.key()).isEqualTo(id);
              assertThat(pointer.cause()).isEqualTo(cause);
              assertThat(pointer.detail()).isNotBlank();
            });
    assertThat(CommittedRecords.events(system)).noneMatch(event -> event.stream().id().equals(id));
  }

  private List<QuarantinedCommand> pointers() {
    var codec = new QuarantineCodec(CounterSystem.registry());
    return CommittedRecords.of(system.quarantineTopic()).stream()
        .map(record -> codec.decodeCommand(record.value()))
        .toList();
  }

  private RecordHeaders headers() {
    var headers = new RecordHeaders();
    headers.add("ce_commandid", CounterSystem.bytes(commandId));
    return headers;
  }
}
