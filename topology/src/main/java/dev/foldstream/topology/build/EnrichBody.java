package dev.foldstream.topology.build;

import dev.foldstream.topology.build.Bodies.Made;
import dev.foldstream.topology.build.StepRun.Output;
import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.Frame;
import dev.foldstream.topology.expressions.Scope;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Adds what a view has for a key. */
record EnrichBody(ViewRows views, String view, Expression key, boolean dropMissing, Made made)
    implements StepRun.Body<GenericRecord, GenericRecord> {

  @Override
  public void take(
      Record<String, GenericRecord> record, Frame frame, Output<GenericRecord> output) {
    var found = views.find(view, key.string(frame));
    if (found.isEmpty() && dropMissing) {
      output.drop(DropReason.NO_MATCH);
      return;
    }
    frame.set(Scope.FOUND, found.orElse(null));
    output.give(record.withValue(made.of(record.value(), frame)));
  }
}
