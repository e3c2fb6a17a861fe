package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.streams.BeforeCommit;
import dev.foldstream.eventstore.streams.CommitOnIdle;
import dev.foldstream.eventstore.streams.StateCheck;
import dev.foldstream.eventstore.wire.RecordPlace;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one {@link DecisionTask} in the task of Kafka Streams that owns its partition. */
final class DecisionProcessor implements Processor<byte[], byte[], byte[], Out> {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionProcessor.class);

  private final DecisionPlan<?, ?, ?> plan;
  private final StateCheck check;
  private final DecisionCounts counts;
  private @Nullable ProcessorContext<byte[], Out> context;
  private @Nullable CommitOnIdle idle;
  private @Nullable DecisionTask<?, ?, ?> task;

  DecisionProcessor(DecisionPlan<?, ?, ?> plan, StateCheck check, DecisionCounts counts) {
    this.plan = plan;
    this.check = check;
    this.counts = counts;
  }

  /** Called after the store is restored, and again after every abort or migration. */
  @Override
  public void init(ProcessorContext<byte[], Out> processorContext) {
    KeyValueStore<Bytes, byte[]> store = processorContext.getStateStore(DecisionTopology.STORE);
    int partition = processorContext.taskId().partition();
    var kept = new TaskStore(store);
    var started =
        new DecisionTask<>(plan, partition, kept, new Forwarded(processorContext), counts);
    check.check(partition, started.sequence());
    BeforeCommit commit = processorContext.getStateStore(BeforeCommit.NAME);
    commit.run(kept::write);
    this.context = processorContext;
    this.idle = new CommitOnIdle(processorContext);
    this.task = started;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (context == null || idle == null || task == null) {
      throw new IllegalStateException("a processor is initialised before its first record");
    }
    idle.touch();
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    var place =
        new RecordPlace(
            metadata.topic(), metadata.partition(), metadata.offset(), record.timestamp());
    try {
      task.take(new CommandRecord(place, record.key(), record.value(), record.headers()));
    } catch (RuntimeException failed) {
      LOG.error("Deciding {} failed; it is tried again from the last commit", place, failed);
      throw failed;
    }
  }

  @Override
  public void close() {
    if (idle != null) {
      idle.stop();
    }
  }

  /** Sends through the sinks, each to the partition of the task's own number. */
  private record Forwarded(ProcessorContext<byte[], Out> context) implements Answers {

    @Override
    public void send(
        To to, byte @Nullable [] key, byte[] value, Headers headers, long timestampMillis) {
      var out = new Out(context.taskId().partition(), value);
      context.forward(record(key, out, timestampMillis, headers), DecisionTopology.sink(to));
    }

    // Kafka Streams lets a key be null and does not say so.
    @SuppressWarnings("NullAway")
    private static Record<byte[], Out> record(
        byte @Nullable [] key, Out out, long timestampMillis, Headers headers) {
      return new Record<>(key, out, timestampMillis, headers);
    }
  }
}
