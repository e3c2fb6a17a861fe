package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.process.ProcessAnswers.ProcessOut;
import dev.foldstream.eventstore.streams.CommitOnIdle;
import dev.foldstream.eventstore.streams.StateCheck;
import dev.foldstream.eventstore.wire.RecordPlace;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one {@link ProcessTask} in the task of Kafka Streams that owns its partition.
 *
 * <p>It wakes when the next timer is due, and not before: a tick that stands would mark its task as
 * in need of a commit for ever.
 */
final class ProcessProcessor<E, S> implements Processor<byte[], byte[], byte[], ProcessOut> {

  /** How old the counts in the status topic may be. */
  static final Duration SUMMARY_WITHIN = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(ProcessProcessor.class);

  private final ProcessPlan<E, S> plan;
  private final StateCheck check;
  private final ProcessCounts counts;
  private @Nullable ProcessorContext<byte[], ProcessOut> context;
  private @Nullable CommitOnIdle idle;
  private @Nullable ProcessTask<E, S> task;
  private @Nullable Cancellable alarm;
  private long alarmAtMillis;
  private int partition;

  ProcessProcessor(ProcessPlan<E, S> plan, StateCheck check, ProcessCounts counts) {
    this.plan = plan;
    this.check = check;
    this.counts = counts;
  }

  /** Called after the store is restored, and again after every abort or migration. */
  @Override
  public void init(ProcessorContext<byte[], ProcessOut> processorContext) {
    KeyValueStore<Bytes, byte[]> store = processorContext.getStateStore(ProcessTopology.STORE);
    partition = processorContext.taskId().partition();
    var started =
        new ProcessTask<>(
            plan,
            partition,
            new TopologyStore(store),
            (out, key, headers, timestamp) ->
                processorContext.forward(new Record<>(key, out, timestamp, headers)),
            processorContext::currentSystemTimeMs,
            counts);
    check.check(partition, started.sequence());
    context = processorContext;
    idle = new CommitOnIdle(processorContext);
    task = started;
    setAlarm(started, processorContext);
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
    byte[] key = record.key() == null ? new byte[0] : record.key();
    byte[] value = record.value() == null ? new byte[0] : record.value();
    try {
      task.take(key, new InputRecord(place, value, record.headers()));
    } catch (RuntimeException failed) {
      LOG.error("Taking {} failed; it is tried again from the last commit", place, failed);
      throw failed;
    }
    setAlarm(task, context);
  }

  private void setAlarm(ProcessTask<E, S> current, ProcessorContext<byte[], ProcessOut> in) {
    long now = in.currentSystemTimeMs();
    Long due = current.nextDueMillis();
    long at = due == null ? Long.MAX_VALUE : Math.max(now + 1, due);
    if (current.unsummarized()) {
      at = Math.min(at, now + SUMMARY_WITHIN.toMillis());
    }
    if (at == Long.MAX_VALUE || (alarm != null && alarmAtMillis <= at)) {
      return;
    }
    stopAlarm();
    alarmAtMillis = at;
    alarm = in.schedule(Duration.ofMillis(at - now), PunctuationType.WALL_CLOCK_TIME, _ -> wake());
  }

  private void wake() {
    stopAlarm();
    if (context != null && idle != null && task != null) {
      idle.touch();
      task.fire(ProcessLimits.MAX_FIRED_PER_PASS);
      task.summarize();
      setAlarm(task, context);
    }
  }

  private void stopAlarm() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  @Override
  public void close() {
    stopAlarm();
    if (idle != null) {
      idle.stop();
    }
    counts.left(partition);
  }
}
