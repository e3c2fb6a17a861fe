package dev.foldstream.eventstore.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.eventstore.counter.CommittedRecords;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.counter.CounterSystem;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.streams.GroupOffsets;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StateFoldTest {

  @ParameterizedTest
  @ValueSource(strings = {DecisionSettings.STREAMS, DecisionSettings.CLASSIC})
  void another_state_version_folds_every_event_before_it_decides(String protocol) {
    try (var system = new CounterSystem(CounterDomain.fresh())) {
      Outcome first;
      try (var old = CounterSystem.started(system.application(system.domain(), protocol))) {
        first = decideSome(system);
        assertThat(old.health().state()).isEqualTo(DecisionHealth.State.RUNNING);
      }
      // In the topic when the next version starts: decided by it, once.
      var waiting = system.sendAsync("a-0", new Increment(1), "between", null);
      try (var next = system.application(system.domain().withStateVersion(2), protocol)) {
        CounterSystem.started(next);
        assertThat(((Accepted) CounterSystem.await(waiting)).version()).isEqualTo(21);
        var accepted = (Accepted) system.send("a-0", new Increment(1), "after");
        assertThat(accepted.version()).isEqualTo(22);
        assertThat(system.send("a-0", new Increment(1), "a-0-19")).isEqualTo(first);
      }
      assertThat(last(system, "a-0")).isEqualTo(new Incremented(1, 22));
      CommittedRecords.checkLog(system);
      assertThat(CommittedRecords.events(system)).hasSize(202);
    }
  }

  @Test
  void a_version_that_starts_again_does_not_fold_again() {
    try (var system = new CounterSystem(CounterDomain.fresh())) {
      try (var _ = system.started()) {
        decideSome(system);
      }
      var second = system.domain().withStateVersion(2);
      try (var _ = CounterSystem.started(system.application(second))) {
        assertThat(system.lookUp("a-0", "a-0-19")).isInstanceOf(Accepted.class);
      }
      try (var again = CounterSystem.started(system.application(second))) {
        assertThat(((Accepted) system.send("a-1", new Increment(1), "again")).version())
            .isEqualTo(21);
        assertThat(again.health().lastFailure()).isNull();
      }
      CommittedRecords.checkLog(system);
    }
  }

  @Test
  void a_fold_that_is_killed_in_its_middle_is_ended_by_the_next_start() throws Exception {
    try (var system = new CounterSystem(CounterDomain.fresh())) {
      try (var _ = system.started()) {
        decideSome(system);
      }
      var second = system.domain().withStateVersion(2);
      try (var next = system.application(second)) {
        Process killed = DecidingProcess.started(second, 20_000_000);
        try (var admin = CounterSystem.admin()) {
          var group = new GroupOffsets(admin, next.identity().applicationId(), true);
          Awaitility.await()
              .atMost(CounterSystem.PATIENCE)
              .until(() -> !group.committed(system.eventsTopic(), 6).isEmpty());
        } finally {
          killed.destroyForcibly().waitFor();
        }
        CounterSystem.started(next);
        assertThat(next.fold().state()).isEqualTo(FoldProgress.State.DONE);
        assertThat(next.fold().eventsToDo()).isEqualTo(200);
        var accepted = (Accepted) system.send("a-3", new Increment(1), "after");
        assertThat(accepted.version()).isEqualTo(21);
      }
      assertThat(last(system, "a-3")).isEqualTo(new Incremented(1, 21));
      CommittedRecords.checkLog(system);
    }
  }

  @Test
  void two_instances_that_fold_at_once_end_with_one_state() {
    try (var system = new CounterSystem(CounterDomain.fresh())) {
      try (var _ = system.started()) {
        decideSome(system);
      }
      var second = system.domain().withStateVersion(2);
      try (var one = system.application(second);
          var other = system.application(second)) {
        one.startInBackground();
        other.startInBackground();
        CounterSystem.awaitRunning(one);
        CounterSystem.awaitRunning(other);
        for (int i = 0; i < 10; i++) {
          var accepted = (Accepted) system.send("a-" + i, new Increment(1), "after-" + i);
          assertThat(accepted.version()).isEqualTo(21);
          assertThat(last(system, "a-" + i)).isEqualTo(new Incremented(1, 21));
        }
      }
      CommittedRecords.checkLog(system);
    }
  }

  private static Outcome decideSome(CounterSystem system) {
    var outcomes = new ArrayList<CompletableFuture<Outcome>>();
    for (int i = 0; i < 200; i++) {
      String id = "a-" + i % 10;
      outcomes.add(system.sendAsync(id, new Increment(1), id + "-" + i / 10, null));
    }
    return outcomes.stream().map(CounterSystem::await).toList().get(190);
  }

  private static Object last(CounterSystem system, String id) {
    return CommittedRecords.events(system).stream()
        .filter(event -> event.stream().id().equals(id))
        .toList()
        .getLast()
        .event();
  }
}
