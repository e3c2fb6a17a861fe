package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.counter.CounterCommand;
import dev.foldstream.eventstore.counter.CounterSystem;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.Sources;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What one command-service does: it decides its partitions, and asks for its own callers. */
final class Instance implements AutoCloseable {

  private final CounterSystem system;
  private final DecisionApplication application;
  private final OutcomeReader reader;
  private final AtomicLong sentToOthers = new AtomicLong();

  Instance(CounterSystem system) {
    this.system = system;
    this.application = system.application(system.domain());
    this.reader =
        OutcomeReader.sharing(
            CounterSystem.bootstrapServers(),
            List.of(system.domain()),
            system.wire().outcomes(),
            10_000,
            new OutcomeReader.Share(application::outcomes, CounterSystem.PATIENCE));
    reader.start(Duration.ofSeconds(30));
    application.start();
  }

  OutcomeReader reader() {
    return reader;
  }

  Set<TopicPartition> decided() {
    return application.outcomes();
  }

  Set<TopicPartition> outcomesRead() {
    return reader.reads().stream()
        .filter(partition -> !partition.topic().equals(TopicNames.ANSWERS))
        .collect(Collectors.toSet());
  }

  boolean readsOnlyItsOwn(int partitions) {
    return decided().size() == partitions && outcomesRead().equals(decided());
  }

  long sentToOthers() {
    return sentToOthers.get();
  }

  CompletableFuture<Outcome> send(String id, CounterCommand command, String commandId) {
    int partition = Partitions.of(id, TopicSettings.SINGLE_BROKER.partitions());
    if (decided().stream().noneMatch(own -> own.partition() == partition)) {
      sentToOthers.incrementAndGet();
    }
    var headers = new RecordHeaders();
    CommandHeaders.of(commandId, null, CounterSystem.NOON)
        .write(headers, Sources.of(system.stream(id)));
    reader.writeAddress(headers);
    var expected = reader.expect(system.stream(id), commandId);
    system.sendPlain(
        new ProducerRecord<>(
            system.commandsTopic(),
            null,
            null,
            CounterSystem.bytes(id),
            system.value((Record) command),
            headers));
    return expected.outcome().whenComplete((outcome, failed) -> expected.close());
  }

  @Override
  public void close() {
    application.close();
    reader.close();
  }
}
