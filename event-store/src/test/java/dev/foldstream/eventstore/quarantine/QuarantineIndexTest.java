package dev.foldstream.eventstore.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.eventstore.quarantine.QuarantinePage.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class QuarantineIndexTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Filter ALL = new Filter(null, null, null);
  private final QuarantineIndex index = new QuarantineIndex(10);

  @Test
  void a_command_is_open_until_a_retry_of_it_is_not_set_aside() {
    index.add("shop", "order", 0, setAside(0, 10, null));
    assertThat(state("shop.order:0:10")).isEqualTo(QuarantineState.OPEN);
    index.add("shop", "order", retried("shop.order:0:10", 0, 20));
    assertThat(state("shop.order:0:10")).isEqualTo(QuarantineState.RETRIED);
    index.add("shop", "order", 0, setAside(0, 20, "shop.order:0:10"));
    assertThat(state("shop.order:0:10")).isEqualTo(QuarantineState.OPEN);
    assertThat(entry("shop.order:0:10").tries()).isEqualTo(2);
    assertThat(entry("shop.order:0:10").latest().offset()).isEqualTo(20);
    index.add("shop", "order", retried("shop.order:0:10", 0, 30));
    assertThat(state("shop.order:0:10")).isEqualTo(QuarantineState.RETRIED);
    assertThat(index.open("shop", "order")).isZero();
  }

  @Test
  void records_in_any_order_and_twice_give_the_same_entries() {
    List<Consumer<QuarantineIndex>> records =
        List.of(
            all -> all.add("shop", "order", 1, setAside(1, 10, null)),
            all -> all.add("shop", "order", retried("shop.order:1:10", 4, 20)),
            all -> all.add("shop", "order", 4, setAside(4, 20, "shop.order:1:10")),
            all -> all.add("shop", "order", retried("shop.order:1:10", 4, 30)),
            all -> all.add("shop", "order", 2, setAside(2, 11, null)),
            all -> all.add("shop", "order", discarded("shop.order:2:11")),
            all -> all.add("shop", "stock", 2, setAside(2, 11, null)));
    records.forEach(record -> record.accept(index));
    QuarantinePage expected = index.page(ALL, null, 10);
    assertThat(expected.entries()).hasSize(3);
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      var shuffled = new ArrayList<>(records);
      shuffled.addAll(records);
      Collections.shuffle(shuffled, random);
      var other = new QuarantineIndex(10);
      shuffled.forEach(record -> record.accept(other));
      assertThat(other.page(ALL, null, 10)).isEqualTo(expected);
      assertThat(other.open("shop", "order")).isZero();
      assertThat(other.open("shop", "stock")).isEqualTo(1);
    }
  }

  @Test
  void pages_follow_each_other_newest_first_without_gap_or_repeat() {
    for (int i = 0; i < 7; i++) {
      index.add("shop", i % 2 == 0 ? "order" : "stock", 0, setAside(0, i, null));
    }
    var offsets = new ArrayList<Long>();
    QuarantinePage page = index.page(ALL, null, 3);
    page.entries().forEach(entry -> offsets.add(entry.latest().offset()));
    while (page.next() != null) {
      page = index.page(ALL, page.next(), 3);
      page.entries().forEach(entry -> offsets.add(entry.latest().offset()));
    }
    assertThat(offsets).containsExactly(6L, 5L, 4L, 3L, 2L, 1L, 0L);
    assertThat(index.page(new Filter("shop", "stock", null), null, 10).entries())
        .extracting(entry -> entry.latest().offset())
        .containsExactly(5L, 3L, 1L);
    assertThat(index.page(new Filter("shop", null, QuarantineState.RETRIED), null, 10).entries())
        .isEmpty();
  }

  @Test
  void beyond_its_bound_the_oldest_settled_goes_first_and_then_the_oldest() {
    for (int i = 0; i < 10; i++) {
      index.add("shop", "order", 0, setAside(0, i, null));
    }
    index.add("shop", "order", discarded("shop.order:0:5"));
    index.add("shop", "order", 0, setAside(0, 10, null));
    assertThat(index.find("shop.order:0:5")).isEmpty();
    index.add("shop", "order", 0, setAside(0, 11, null));
    assertThat(index.find("shop.order:0:0")).isEmpty();
    assertThat(index.find("shop.order:0:1")).isPresent();
    assertThat(index.forgotten()).isEqualTo(2);
    assertThat(index.open("shop", "order")).isEqualTo(10);
    assertThat(index.page(ALL, null, 100).entries()).hasSize(10);
  }

  private QuarantineEntry entry(String id) {
    return index.find(id).orElseThrow();
  }

  private QuarantineState state(String id) {
    return entry(id).state();
  }

  private static QuarantinedCommand setAside(int partition, long offset, @Nullable String retryOf) {
    return new QuarantinedCommand(
        "commands",
        partition,
        offset,
        NOON.plusSeconds(offset),
        "key",
        "id",
        "DECIDER_FAILED",
        "detail",
        null,
        retryOf);
  }

  private static QuarantineResolution retried(String id, int partition, long offset) {
    return new QuarantineResolution(
        id, "id", "RETRIED", "someone", NOON.plusSeconds(offset), null, partition, offset);
  }

  private static QuarantineResolution discarded(String id) {
    return new QuarantineResolution(
        id, "id", "DISCARDED", "someone", NOON, "of no use", null, null);
  }
}
