package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.process.ProcessAnswers.ProcessOut;
import dev.foldstream.eventstore.streams.CommitOnIdle;
import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.wire.RecordPlace;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what concerns a process to the inputs topic, by process id. */
final class RouteProcessor<E> implements Processor<byte[], byte[], byte[], ProcessOut> {

  private static final Logger LOG = LoggerFactory.getLogger(RouteProcessor.class);

  private final ProcessPlan<E, ?> plan;
  private final ProcessCounts counts;
  private final RouteTask<E> route;
  private @Nullable ProcessorContext<byte[], ProcessOut> context;
  private @Nullable CommitOnIdle idle;

  RouteProcessor(ProcessPlan<E, ?> plan, ProcessCounts counts) {
    this.plan = plan;
    this.counts = counts;
    this.route = new RouteTask<>(plan);
  }

  @Override
  public void init(ProcessorContext<byte[], ProcessOut> processorContext) {
    context = processorContext;
    idle = new CommitOnIdle(processorContext);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (context == null) {
      throw new IllegalStateException("a processor is initialised before its first record");
    }
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    var place =
        new RecordPlace(
            metadata.topic(), metadata.partition(), metadata.offset(), record.timestamp());
    try {
      route
          .route(place, record.key(), record.value(), record.headers())
          .ifPresent(routed -> forward(record, routed));
    } catch (PoisonInputException poison) {
      setAside(record, place, poison);
    }
  }

  private void forward(Record<byte[], byte[]> record, RouteTask.Routed routed) {
    byte[] key = routed.processId().getBytes(StandardCharsets.UTF_8);
    byte[] value = record.value() == null ? new byte[0] : record.value();
    var out = new ProcessOut(plan.inputsTopic(), Partitions.of(key, plan.partitions()), value);
    send(new Record<>(key, out, record.timestamp(), routed.headers()));
  }

  private void setAside(
      Record<byte[], byte[]> record, RecordPlace place, PoisonInputException poison) {
    LOG.error(
        "{} cannot tell the process of {}, which is set aside: {}",
        plan.applicationId(),
        place,
        poison.detail());
    counts.unroutable();
    byte[] pointer = ProcessWriter.pointer(plan, place, null, null, poison);
    byte[] key = record.key() == null ? new byte[0] : record.key();
    var out = new ProcessOut(plan.quarantineTopic(), place.partition(), pointer);
    send(new Record<>(key, out, record.timestamp(), new RecordHeaders()));
  }

  private void send(Record<byte[], ProcessOut> out) {
    if (context != null && idle != null) {
      idle.touch();
      context.forward(out);
    }
  }

  @Override
  public void close() {
    if (idle != null) {
      idle.stop();
    }
  }
}
