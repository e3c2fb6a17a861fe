package dev.foldstream.eventstore.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.eventstore.counter.CommittedRecords;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterSystem;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Nothing is lost and nothing is applied twice, whatever dies while commands are in flight. */
@Isolated("kills the broker")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrashTest {

  private static final int COMMANDS = 2_000;
  private static final int KEYS = 20;

  @Test
  void an_instance_closed_in_the_middle_leaves_the_rest_to_the_next() {
    try (var system = new CounterSystem(CounterDomain.fresh())) {
      List<CompletableFuture<Outcome>> outcomes;
      try (var _ = system.started()) {
        outcomes = sendAll(system);
        CounterSystem.await(outcomes.get(COMMANDS / 10));
      }
      try (var _ = system.started()) {
        assertAllOnce(system, outcomes);
      }
    }
  }

  @Test
  void a_second_process_killed_in_the_middle_loses_nothing() throws Exception {
    try (var system = new CounterSystem(CounterDomain.fresh())) {
      system.application(system.domain());
      Process other = DecidingProcess.started(system.domain(), 0);
      List<CompletableFuture<Outcome>> outcomes;
      try {
        CounterSystem.await(system.sendAsync("warm", new Increment(1), "warm", null));
        outcomes = sendAll(system);
        CounterSystem.await(outcomes.getFirst());
      } finally {
        other.destroyForcibly().waitFor();
      }
      try (var _ = system.started()) {
        assertAllOnce(system, outcomes);
      }
    }
  }

  @Test
  void a_broker_killed_and_started_again_is_survived_by_itself() {
    try (var system = new CounterSystem(CounterDomain.fresh());
        var application = system.started()) {
      CounterSystem.await(system.sendAsync("warm", new Increment(1), "warm", null));
      var outcomes = sendAll(system);
      var kafka = DevServices.shared().kafka();
      kafka.kill();
      kafka.start();
      // The caller's way: whoever got no answer sends the same command again.
      for (int i = 0; i < COMMANDS; i++) {
        if (!outcomes.get(i).isDone() || outcomes.get(i).isCompletedExceptionally()) {
          outcomes.set(i, system.sendAsync(key(i), new Increment(1), "c-" + i, null));
        }
      }
      assertAllOnce(system, outcomes);
      CounterSystem.awaitRunning(application);
    }
  }

  private static List<CompletableFuture<Outcome>> sendAll(CounterSystem system) {
    var outcomes = new ArrayList<CompletableFuture<Outcome>>();
    for (int i = 0; i < COMMANDS; i++) {
      outcomes.add(system.sendAsync(key(i), new Increment(1), "c-" + i, null));
    }
    return outcomes;
  }

  private static void assertAllOnce(
      CounterSystem system, List<CompletableFuture<Outcome>> outcomes) {
    for (CompletableFuture<Outcome> outcome : outcomes) {
      assertThat(CounterSystem.await(outcome)).isInstanceOf(Accepted.class);
    }
    CommittedRecords.checkLog(system);
    assertThat(
            CommittedRecords.events(system).stream()
                .filter(event -> !event.stream().id().equals("warm"))
                .count())
        .isEqualTo(COMMANDS);
  }

  private static String key(int command) {
    return "k-" + command % KEYS;
  }
}
