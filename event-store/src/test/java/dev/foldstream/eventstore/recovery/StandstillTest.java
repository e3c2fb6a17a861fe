package dev.foldstream.eventstore.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A second passes between two looks. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StandstillTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST = Standstill.LONGEST.toSeconds();
  private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 0);

  private final AtomicLong nanos = new AtomicLong();
  private int looks;

  @Test
  void a_client_that_is_between_for_too_long_stands_still() throws InterruptedException {
    assertThat(watched(List.of(State.REBALANCING))).isTrue();
    assertThat(looks).isEqualTo(LONGEST + 1);
  }

  @Test
  void a_client_that_ended_does_not_stand_still() throws InterruptedException {
    assertThat(watched(List.of(State.RUNNING, State.PENDING_SHUTDOWN))).isFalse();
    assertThat(watched(List.of(State.REBALANCING, State.ERROR))).isFalse();
    assertThat(looks).isEqualTo(4);
  }

  @Test
  void the_time_counts_from_when_it_last_ran() throws InterruptedException {
    var states = new ArrayDeque<>(Collections.nCopies((int) LONGEST - 1, State.REBALANCING));
    states.add(State.RUNNING);
    states.addAll(Collections.nCopies((int) LONGEST - 1, State.REBALANCING));
    states.add(State.NOT_RUNNING);
    assertThat(watched(List.copyOf(states))).isFalse();
    assertThat(looks).isEqualTo(2 * LONGEST);
  }

  @Test
  void restoring_counts_as_getting_on_and_ends_when_nothing_more_comes() throws Exception {
    var restored = new AtomicLong(3 * LONGEST);
    var standstill = new Standstill[] {new Standstill(nanos::get, () -> {})};
    standstill[0] =
        new Standstill(
            nanos::get,
            () -> {
              pass();
              if (restored.getAndDecrement() > 0) {
                standstill[0].onBatchRestored(CHANGELOG, "state", looks, 1);
              }
            });
    assertThat(standstill[0].await(() -> State.REBALANCING)).isTrue();
    assertThat(looks).isEqualTo(3 * LONGEST + LONGEST + 1);
  }

  private boolean watched(List<State> states) throws InterruptedException {
    Deque<State> left = new ArrayDeque<>(states);
    return new Standstill(nanos::get, this::pass)
        .await(() -> left.size() == 1 ? left.element() : left.remove());
  }

  private void pass() {
    looks++;
    nanos.addAndGet(SECOND);
  }
}
