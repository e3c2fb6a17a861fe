package dev.foldstream.eventstore.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.eventstore.log.LogReader.LastEvent;
import dev.foldstream.eventstore.streams.LogEnds;
import dev.foldstream.eventstore.streams.StateAheadOfLogException;
import dev.foldstream.eventstore.streams.StateBehindLogException;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FailureHandlerTest {

  private final AtomicLong nanos = new AtomicLong();
  private final FailureHandler handler = new FailureHandler("an application", nanos::get);

  @Test
  void an_outage_is_got_over_as_often_as_it_takes() {
    List<Throwable> outages =
        List.of(
            new DisconnectException(),
            new ProducerFencedException("fenced"),
            new InvalidProducerEpochException("old"),
            new KafkaException("the transaction can no longer be used"),
            registryAway());
    for (int i = 0; i < 100; i++) {
      handler.handle(new StreamsException("task", outages.get(i % outages.size())));
    }
    assertThat(handler.goesOn()).isTrue();
    assertThat(handler.failures()).isEqualTo(100);
  }

  @Test
  void a_bug_is_tried_again_a_few_times_and_then_it_gives_up() {
    for (int i = 1; i <= FailureHandler.MAX_BUGS; i++) {
      handler.handle(bug());
      assertThat(handler.goesOn()).as("after bug %d", i).isTrue();
    }
    handler.handle(bug());
    assertThat(handler.goesOn()).isFalse();
    assertThat(handler.lastFailure()).isEqualTo("java.lang.IllegalStateException: a bug");
  }

  @Test
  void bugs_that_are_long_ago_are_not_counted() {
    for (int i = 0; i < 3 * FailureHandler.MAX_BUGS; i++) {
      handler.handle(bug());
      nanos.addAndGet(FailureHandler.WINDOW.toNanos() / FailureHandler.MAX_BUGS + 1);
      assertThat(handler.goesOn()).isTrue();
    }
  }

  @Test
  void outages_between_bugs_neither_help_nor_harm() {
    for (int i = 0; i < FailureHandler.MAX_BUGS; i++) {
      handler.handle(bug());
      handler.handle(new DisconnectException());
    }
    assertThat(handler.goesOn()).isTrue();
    handler.handle(bug());
    assertThat(handler.goesOn()).isFalse();
  }

  @Test
  void a_state_behind_the_log_is_fetched_anew_some_times_and_then_ends_it() {
    var ends = new LogEnds(Map.of(3, new LastEvent(10, 20)));
    Throwable behind = Assertions.catchThrowable(() -> ends.check("topic", 3, 9));
    assertThat(behind).isInstanceOf(StateBehindLogException.class);
    for (int i = 0; i < FailureHandler.MAX_BUGS; i++) {
      handler.handle(new StreamsException("init", behind));
      assertThat(handler.goesOn()).isTrue();
    }
    handler.handle(new StreamsException("init", behind));
    assertThat(handler.goesOn()).isFalse();
    assertThat(handler.lastFailure()).contains("sequence 10", "seen 9", "Mend");
  }

  @Test
  void a_state_ahead_of_the_log_is_refused_too() {
    var ends = new LogEnds(Map.of(3, new LastEvent(10, 20)));
    ends.check("topic", 3, 10);
    assertThatThrownBy(() -> ends.check("topic", 3, 11))
        .isInstanceOf(StateAheadOfLogException.class)
        .hasMessageContainingAll("partition 3 of topic", "sequence 11", "sequence 10", "Mend");
  }

  @Test
  void the_client_always_ends_and_is_never_given_another_thread() {
    assertThat(handler.handle(new DisconnectException()))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(handler.handle(bug())).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }

  private static Throwable registryAway() {
    var nobody = new ConfluentSchemaRegistry(URI.create("http://127.0.0.1:1"));
    Throwable away = Assertions.catchThrowable(() -> nobody.schema(1));
    assertThat(away).isInstanceOf(SchemaRegistryUnavailableException.class);
    return away;
  }

  private static StreamsException bug() {
    return new StreamsException("task 0_1", new IllegalStateException("a bug"));
  }
}
