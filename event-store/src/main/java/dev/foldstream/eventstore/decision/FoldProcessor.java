package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.streams.BeforeCommit;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.kernel.RecordedEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Runs one {@link FoldTask} in the task of Kafka Streams that owns its partition. */
final class FoldProcessor implements Processor<byte[], byte[], Void, Void> {

  private final DecisionPlan<?, ?, ?> plan;
  private final EventDecoder decoder;
  private final Map<Integer, Long> commandsEnds;
  private final Map<Integer, PartitionEntry> reached;
  private final LongAdder folded;
  private @Nullable ProcessorContext<Void, Void> context;
  private @Nullable FoldTask<?, ?, ?> task;

  FoldProcessor(
      DecisionPlan<?, ?, ?> plan,
      EventDecoder decoder,
      Map<Integer, Long> commandsEnds,
      Map<Integer, PartitionEntry> reached,
      LongAdder folded) {
    this.plan = plan;
    this.decoder = decoder;
    this.commandsEnds = commandsEnds;
    this.reached = reached;
    this.folded = folded;
  }

  @Override
  public void init(ProcessorContext<Void, Void> processorContext) {
    KeyValueStore<Bytes, byte[]> store = processorContext.getStateStore(DecisionTopology.STORE);
    int partition = processorContext.taskId().partition();
    var kept = new TaskStore(store);
    BeforeCommit commit = processorContext.getStateStore(BeforeCommit.NAME);
    commit.run(kept::write);
    context = processorContext;
    task = new FoldTask<>(plan, partition, kept, commandsEnds.getOrDefault(partition, 0L));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (context == null || task == null) {
      throw new IllegalStateException("a processor is initialised before its first record");
    }
    var metadata = context.recordMetadata().orElseThrow();
    var stored =
        new ConsumerRecord<>(
            metadata.topic(),
            metadata.partition(),
            metadata.offset(),
            record.timestamp(),
            TimestampType.CREATE_TIME,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty());
    try {
      RecordedEvent<Object> event = decoder.decode(stored);
      EventHeaders headers = EventHeaders.read(record.headers());
      task.apply(event, headers.commandOffset(), record.timestamp(), headers.type());
    } catch (UnreadableEventException | InvalidHeaderException | PoisonCommandException fault) {
      throw new IllegalStateException("the state cannot be folded: " + fault.getMessage(), fault);
    }
    reached.put(metadata.partition(), task.position());
    folded.increment();
  }
}
