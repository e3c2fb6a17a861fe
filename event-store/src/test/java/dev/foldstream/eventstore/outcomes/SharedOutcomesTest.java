package dev.foldstream.eventstore.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foldstream.eventstore.counter.CommittedRecords;
import dev.foldstream.eventstore.counter.CounterCommand.Increment;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterSystem;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.topics.TopicSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the answers cost, counted: whatever the number of instances, each outcome is read once. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedOutcomesTest {

  private static final int COMMANDS = 1_200;
  private static final int PARTITIONS = TopicSettings.SINGLE_BROKER.partitions();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void each_outcome_is_read_once_and_passed_on_at_most_once(int number) {
    try (var system = new CounterSystem(CounterDomain.fresh());
        var cluster = new Instances(system, number)) {
      cluster.awaitEvenShares();
      List<Long> bytesBefore = cluster.bytesFetched();
      long readBefore = cluster.sum(OutcomeCounts::read);
      for (var outcome : cluster.sendFromAll(COMMANDS)) {
        assertThat(CounterSystem.await(outcome)).isInstanceOf(Accepted.class);
      }
      long forwarded = cluster.sentToOthers();
      await()
          .atMost(CounterSystem.PATIENCE)
          .until(() -> cluster.sum(OutcomeCounts::forwarded) == forwarded);
      assertThat(cluster.sum(OutcomeCounts::read) - readBefore).isEqualTo(COMMANDS);
      assertThat(cluster.sum(OutcomeCounts::givenUp)).isZero();
      // An instance that shares its partition of the answers topic reads the other's answers too.
      assertThat(cluster.sum(OutcomeCounts::answersRead))
          .isBetween(forwarded, forwarded * cluster.mostOnOneSlot());
      cluster.print(bytesBefore);
    }
  }

  @Test
  void an_outcome_committed_just_before_its_partition_moves_is_told_by_the_next_owner() {
    try (var system = new CounterSystem(CounterDomain.fresh());
        var asking = new Instances(system, 1)) {
      asking.awaitEvenShares();
      var outcomes = new ArrayList<CompletableFuture<Outcome>>();
      // Nobody reads the outcomes of the second instance, as if it died after each commit.
      try (var _ = system.started()) {
        await()
            .atMost(CounterSystem.PATIENCE)
            .until(() -> asking.first().readsOnlyItsOwn(PARTITIONS / 2));
        outcomes.addAll(asking.sendFromAll(60));
        String topic = TopicNames.outcomes(system.domain().name(), CounterDomain.COUNTER);
        await()
            .atMost(CounterSystem.PATIENCE)
            .until(() -> CommittedRecords.of(topic).size() == outcomes.size());
        assertThat(outcomes).anyMatch(outcome -> !outcome.isDone());
      }
      for (var outcome : outcomes) {
        assertThat(CounterSystem.await(outcome)).isInstanceOf(Accepted.class);
      }
    }
  }

  /** Instances of one cluster: each decides its partitions and reads its share of the outcomes. */
  private static final class Instances implements AutoCloseable {
    private final List<Instance> all = new ArrayList<>();

    Instances(CounterSystem system, int number) {
      for (int i = 0; i < number; i++) {
        all.add(new Instance(system));
      }
    }

    Instance first() {
      return all.getFirst();
    }

    void awaitEvenShares() {
      await().atMost(CounterSystem.PATIENCE).until(this::evenShares);
    }

    /** Every partition is read once, and nobody reads what it lost any more. */
    private boolean evenShares() {
      var partitions = new HashSet<TopicPartition>();
      int read = 0;
      for (Instance one : all) {
        Set<TopicPartition> outcomes = one.outcomesRead();
        if (outcomes.isEmpty() || !outcomes.equals(one.decided())) {
          return false;
        }
        read += outcomes.size();
        partitions.addAll(outcomes);
      }
      return read == PARTITIONS && partitions.size() == PARTITIONS;
    }

    List<CompletableFuture<Outcome>> sendFromAll(int commands) {
      var outcomes = new ArrayList<CompletableFuture<Outcome>>();
      for (int i = 0; i < commands; i++) {
        outcomes.add(all.get(i % all.size()).send("k-" + i % 97, new Increment(1), "c-" + i));
      }
      return outcomes;
    }

    long sentToOthers() {
      return all.stream().mapToLong(Instance::sentToOthers).sum();
    }

    long sum(ToLongFunction<OutcomeCounts> count) {
      return all.stream().mapToLong(one -> count.applyAsLong(one.reader().counts())).sum();
    }

    long mostOnOneSlot() {
      var slots = new int[PARTITIONS * all.size() + TopicSettings.MAX_PARTITIONS];
      long most = 1;
      for (Instance one : all) {
        for (TopicPartition read : one.reader().reads()) {
          if (read.topic().equals(TopicNames.ANSWERS)) {
            most = Math.max(most, ++slots[read.partition()]);
          }
        }
      }
      return most;
    }

    List<Long> bytesFetched() {
      return all.stream().map(one -> one.reader().bytesFetched()).toList();
    }

    void print(List<Long> before) {
      for (int i = 0; i < all.size(); i++) {
        OutcomeCounts counts = all.get(i).reader().counts();
        System.out.printf(
            "instance %d of %d: %d outcomes read, %d passed on, %d answers read, %d bytes fetched%n",
            i + 1,
            all.size(),
            counts.read(),
            counts.forwarded(),
            counts.answersRead(),
            all.get(i).reader().bytesFetched() - before.get(i));
      }
    }

    @Override
    public void close() {
      all.parallelStream().forEach(Instance::close);
    }
  }
}
