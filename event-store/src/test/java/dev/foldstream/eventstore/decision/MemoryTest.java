package dev.foldstream.eventstore.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.eventstore.counter.CounterCommand;
import dev.foldstream.eventstore.counter.CounterCommand.AskTooMuch;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Ids are remembered for a time, and the store that remembers them is bounded. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MemoryTest {

  private static final CounterDomain DOMAIN = CounterDomain.fresh();
  private static final Duration WINDOW = Duration.ofHours(1);

  /** The aggregate's entry and the partition's. */
  private static final int ENTRIES = 2;

  /** Beside its pages: what is in it, and its end. */
  private static final int KEYS_OF_A_CHAPTER = 2;

  private final DecisionWire wire =
      DecisionWire.of(new InMemorySchemaRegistry(), SchemaFiles.of(DOMAIN));
  private final CountingStore store = new CountingStore();
  private final DecisionCounts counts = new DecisionCounts();
  private final DecisionTask<?, ?, ?> task = task();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private long offset;

  @Test
  void ids_leave_the_store_after_the_window_and_only_then() {
    for (int i = 0; i < 100; i++) {
      send("a", "c-" + i, new Increment(1));
    }
    assertThat(store.size()).isEqualTo(ENTRIES + 99 / RememberedPages.PAGE + KEYS_OF_A_CHAPTER);

    now = now.plus(WINDOW).minusMillis(1);
    for (int i = 0; i < 100; i++) {
      send("a", "c-" + i, new Increment(1));
    }
    assertThat(counts.repeated()).isEqualTo(100);
    assertThat(counts.accepted()).isEqualTo(100);

    now = now.plusMillis(2);
    send("quiet", "quiet", new Increment(1));
    assertThat(store.keys('p') + store.keys('f') + store.keys('e')).isZero();
    long before = counts.accepted();
    send("a", "c-0", new Increment(1));
    assertThat(counts.accepted()).as("decided anew").isEqualTo(before + 1);
  }

  @Test
  void the_ids_of_a_busy_aggregate_are_bounded_by_the_commands_of_one_window() {
    int inOneWindow = 600;
    int chapter = RememberedPages.PAGE * RememberedPages.CHAPTER;
    int pages = (inOneWindow + chapter) / RememberedPages.PAGE + 1;
    int chapters = (inOneWindow + chapter) / chapter + 1;
    for (int i = 0; i < 5_000; i++) {
      send("a", "c-" + i, new Increment(1));
      now = now.plus(WINDOW.dividedBy(inOneWindow));
      assertThat(store.size()).isLessThanOrEqualTo(ENTRIES + pages + KEYS_OF_A_CHAPTER * chapters);
    }
    assertThat(store.keys('p')).isGreaterThan(inOneWindow / RememberedPages.PAGE - 2);
    for (int i = 5_000 - inOneWindow + 1; i < 5_000; i++) {
      send("a", "c-" + i, new Increment(1));
    }
    assertThat(counts.repeated()).isEqualTo(inOneWindow - 1);
  }

  @Test
  void one_command_removes_a_few_old_ids_at_most() {
    for (int i = 0; i < 500; i++) {
      send("a", "c-" + i, new Increment(1));
    }
    now = now.plus(WINDOW.multipliedBy(2));
    for (int i = 0; i < 500; i++) {
      long before = store.deletes;
      send("a", "d-" + i, new Increment(1));
      assertThat(store.deletes - before)
          .isLessThanOrEqualTo(RememberedPages.CHAPTER + KEYS_OF_A_CHAPTER);
    }
    assertThat(store.keys('p')).isEqualTo(499 / RememberedPages.PAGE);
  }

  @Test
  void ids_are_remembered_for_each_aggregate() {
    for (int i = 0; i < 3 * RememberedPages.PAGE; i++) {
      send("a", "c-" + i, new Increment(1));
    }
    for (int i = 0; i < 3 * RememberedPages.PAGE; i++) {
      send("a", "c-" + i, new Increment(1));
      send("b", "c-" + i, new Increment(1));
    }
    assertThat(counts.repeated()).isEqualTo(24);
    assertThat(counts.accepted()).isEqualTo(48);
  }

  @Test
  void a_refusal_that_was_pushed_out_is_told_again_too() {
    send("a", "refused", new AskTooMuch());
    for (int i = 0; i < 50; i++) {
      send("a", "c-" + i, new Increment(1));
    }
    send("a", "refused", new Increment(1));
    assertThat(counts.rejected()).isEqualTo(1);
    assertThat(counts.repeated()).isEqualTo(1);
    assertThat(counts.accepted()).isEqualTo(50);
  }

  private DecisionTask<?, ?, ?> task() {
    var plan = DecisionPlan.of(DOMAIN, DOMAIN.counter(), wire, 1, new Uuid(1, 1), WINDOW);
    DecisionApplication.registerSchemas(DOMAIN, DOMAIN.counter(), wire);
    return new DecisionTask<>(
        plan, 0, store, (to, key, value, headers, timestampMillis) -> {}, counts);
  }

  private void send(String id, String commandId, CounterCommand command) {
    var headers = new RecordHeaders();
    CommandHeaders.of(commandId, null, now)
        .write(headers, Sources.of(DOMAIN.name(), CounterDomain.COUNTER, id));
    String topic = DecisionPlan.topicsOf(DOMAIN, DOMAIN.counter()).commands();
    byte[] value = wire.codec().encode(topic, (Record) command);
    var place = new RecordPlace(topic, 0, offset, now.toEpochMilli());
    offset++;
    task.take(new CommandRecord(place, id.getBytes(StandardCharsets.UTF_8), value, headers));
  }

  /** Counts what is removed, and keys by their kind. */
  private static final class CountingStore implements DecisionStore {
    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
    private long deletes;

    int size() {
      return entries.size();
    }

    long keys(char kind) {
      return entries.keySet().stream().filter(key -> key[0] == kind).count();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      entries.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      deletes++;
      entries.remove(key);
    }

    @Override
    public byte @Nullable [] firstKey(byte[] from, byte[] to) {
      byte[] key = entries.ceilingKey(from);
      return key == null || Arrays.compareUnsigned(key, to) > 0 ? null : key;
    }
  }
}
