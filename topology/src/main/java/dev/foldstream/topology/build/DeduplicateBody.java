package dev.foldstream.topology.build;

import dev.foldstream.topology.build.StepRun.Output;
import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.Frame;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** Drops what has the id of a record of the same key within a time before or after it. */
final class DeduplicateBody implements StepRun.Body<GenericRecord, GenericRecord> {

  private static final byte[] SEEN = {1};

  private final Expression id;
  private final long withinMillis;
  private final String storeName;
  private @Nullable WindowStore<String, byte[]> store;

  DeduplicateBody(Expression id, long withinMillis, String storeName) {
    this.id = id;
    this.withinMillis = withinMillis;
    this.storeName = storeName;
  }

  @Override
  public void open(ProcessingContext context) {
    store = context.getStateStore(storeName);
  }

  @Override
  public void take(
      Record<String, GenericRecord> record, Frame frame, Output<GenericRecord> output) {
    if (record.key() == null) {
      output.drop(DropReason.NO_KEY);
      return;
    }
    String seen = record.key() + "\u0000" + id.string(frame);
    var ids = Objects.requireNonNull(store);
    long at = record.timestamp();
    try (var before = ids.fetch(seen, Math.max(0, at - withinMillis), at + withinMillis)) {
      if (before.hasNext()) {
        output.drop(DropReason.DUPLICATE);
        return;
      }
    }
    ids.put(seen, SEEN, at);
    output.give(record);
  }
}
