package dev.foldstream.topology.build;

import dev.foldstream.topology.aggregation.Aggregation.Accumulation;
import dev.foldstream.topology.build.StepRun.Output;
import dev.foldstream.topology.document.Window;
import dev.foldstream.topology.expressions.Frame;
import dev.foldstream.topology.validation.CheckedStep;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The parts of an aggregate around the DSL. */
final class AggregateBodies {

  private AggregateBodies() {}

  /** Evaluates what each record contributes, and the key to group by. */
  record Values(CheckedStep checked, Schema inputs)
      implements StepRun.Body<GenericRecord, GenericRecord> {

    @Override
    public void take(
        Record<String, GenericRecord> record, Frame frame, Output<GenericRecord> output) {
      var by = checked.roles().get(CheckedStep.KEY);
      String key = by == null ? record.key() : by.string(frame);
      if (key == null) {
        output.drop(DropReason.NO_KEY);
        return;
      }
      var values = new GenericData.Record(inputs);
      checked.fields().forEach((name, expression) -> values.put(name, expression.value(frame)));
      output.give(record.withKey(key).withValue(values));
    }
  }

  /**
   * Remembers the record for the functions of the DSL after it, and takes out what would be too
   * late for all its windows, as the DSL does.
   */
  static final class InTime implements StepRun.Body<GenericRecord, GenericRecord> {
    private final @Nullable Window window;
    private long newest = Long.MIN_VALUE;

    InTime(@Nullable Window window) {
      this.window = window;
    }

    @Override
    public void take(
        Record<String, GenericRecord> record, Frame frame, Output<GenericRecord> output) {
      long time = record.timestamp();
      newest = Math.max(newest, time);
      if (window != null && lastEnd(window, time) <= newest - window.grace().toMillis()) {
        output.drop(DropReason.LATE);
        return;
      }
      CurrentRecord.set(record.headers(), time);
      output.give(record);
    }

    /** When the last window of a record ends. */
    private static long lastEnd(Window window, long time) {
      return switch (window) {
        case Window.Tumbling(var size, _) ->
            Math.floorDiv(time, size.toMillis()) * size.toMillis() + size.toMillis();
        case Window.Hopping(var size, var advance, _) ->
            Math.floorDiv(time, advance.toMillis()) * advance.toMillis() + size.toMillis();
        case Window.Sliding(var difference, _) -> time + 1 + difference.toMillis();
        case Window.Session(var gap, _) -> time + 1 + gap.toMillis();
      };
    }
  }

  /** What was added up for a key, as a record. */
  record Result(Schema schema) implements StepRun.Body<Accumulation, GenericRecord> {

    @Override
    public void take(
        Record<String, Accumulation> record, Frame frame, Output<GenericRecord> output) {
      if (record.value() == null) {
        output.give(record.withValue(null));
        return;
      }
      output.give(record.withValue(result(schema, record.key(), record.value())));
    }
  }

  private static GenericRecord result(Schema schema, String key, Accumulation accumulation) {
    var result = new GenericData.Record(schema);
    result.put("key", key);
    accumulation.into(result);
    return result;
  }

  /** What was added up for a key and a window, as a record under the key. */
  static final class WindowResult
      implements Processor<Windowed<String>, Accumulation, String, GenericRecord> {

    private final StepRun<Closed, GenericRecord> run;
    private @Nullable ProcessorContext<String, GenericRecord> context;

    WindowResult(Schema schema, StepRun.Settings settings) {
      run =
          new StepRun<>(
              settings,
              (record, frame, output) -> {
                var closed = record.value();
                var result = result(schema, record.key(), closed.accumulation());
                result.put("windowStart", closed.start());
                result.put("windowEnd", closed.end());
                output.give(record.withValue(result));
              });
    }

    private record Closed(long start, long end, Accumulation accumulation) {}

    @Override
    public void init(ProcessorContext<String, GenericRecord> opened) {
      context = opened;
      run.open(opened);
    }

    @Override
    public void process(Record<Windowed<String>, Accumulation> record) {
      // A session that became part of another one is taken back; its rows are replaced by theirs.
      if (record.value() == null) {
        return;
      }
      var window = record.key().window();
      var closed =
          record
              .withKey(record.key().key())
              .withValue(new Closed(window.start(), window.end(), record.value()));
      run.take(closed).forEach(Objects.requireNonNull(context)::forward);
    }
  }
}
