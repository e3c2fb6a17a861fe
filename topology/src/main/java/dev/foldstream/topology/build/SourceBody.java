package dev.foldstream.topology.build;

import dev.foldstream.topology.build.StepRun.Output;
import dev.foldstream.topology.expressions.Frame;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads values, takes the records that are wanted, and marks each with its place. */
final class SourceBody implements StepRun.Body<byte[], GenericRecord> {

  private final Wire wire;
  private final String topic;
  private final boolean table;
  private final boolean marked;
  private @Nullable ProcessingContext context;

  SourceBody(Surroundings surroundings, List<Schema> records, String topic, boolean table) {
    this.wire = new Wire(surroundings.registry(), records);
    this.topic = topic;
    this.table = table;
    this.marked = surroundings.preview();
  }

  @Override
  public void open(ProcessingContext opened) {
    context = opened;
  }

  @Override
  public void take(Record<String, byte[]> record, Frame frame, Output<GenericRecord> output) {
    mark(record);
    if (record.value() == null) {
      if (table) {
        output.give(record.withValue(null));
      } else {
        output.drop(DropReason.TOMBSTONE);
      }
      return;
    }
    try {
      output.give(record.withValue(wire.read(record.value())));
    } catch (Wire.OtherTypeException _) {
      output.drop(DropReason.OTHER_TYPE);
    } catch (Wire.UnreadableException fault) {
      throw new IllegalArgumentException(String.valueOf(fault.getMessage()), fault);
    }
  }

  /** A record that is given again carries the place where it lay first. */
  private void mark(Record<String, byte[]> record) {
    var place = Objects.requireNonNull(context).recordMetadata();
    if (place.isEmpty()) {
      return;
    }
    var at = place.get();
    var headers = record.headers();
    if (marked && Marks.text(headers, Marks.AT) != null) {
      return;
    }
    var found = new RecordPointer(at.topic(), at.partition(), at.offset());
    boolean again = !at.topic().equals(topic);
    Marks.setAt(headers, again ? Redrive.pointer(headers, found) : found);
    if (again) {
      Marks.set(headers, Marks.REDRIVES, Integer.toString(Redrive.count(headers)));
    }
  }
}
