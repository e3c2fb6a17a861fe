package dev.foldstream.topology.build;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A step that keeps the keys of records, so that they need not be brought together again. */
final class KeepingStep<V, R> implements FixedKeyProcessor<String, V, R> {

  private final StepRun<V, R> run;
  private @Nullable FixedKeyProcessorContext<String, R> context;

  KeepingStep(StepRun<V, R> run) {
    this.run = run;
  }

  @Override
  public void init(FixedKeyProcessorContext<String, R> opened) {
    context = opened;
    run.open(opened);
  }

  @Override
  public void process(FixedKeyRecord<String, V> record) {
    var to = Objects.requireNonNull(context);
    var given =
        run.take(new Record<>(record.key(), record.value(), record.timestamp(), record.headers()));
    for (Record<String, R> one : given) {
      to.forward(record.withValue(one.value()).withHeaders(one.headers()));
    }
  }
}
