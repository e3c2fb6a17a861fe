package dev.foldstream.topology.build;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A step that gives records other keys. */
final class MovingStep<V, R> implements Processor<String, V, String, R> {

  private final StepRun<V, R> run;
  private @Nullable ProcessorContext<String, R> context;

  MovingStep(StepRun<V, R> run) {
    this.run = run;
  }

  @Override
  public void init(ProcessorContext<String, R> opened) {
    context = opened;
    run.open(opened);
  }

  @Override
  public void process(Record<String, V> record) {
    var to = Objects.requireNonNull(context);
    for (Record<String, R> one : run.take(record)) {
      to.forward(one);
    }
  }
}
