package dev.foldstream.topology.build;

import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.Frame;
import dev.foldstream.topology.expressions.Scope;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** What steps without state do. A tombstone of a table passes those that keep a table one. */
final class Bodies {

  private Bodies() {}

  /** A record with the number of the branch that takes it. */
  record Branched(int branch, GenericRecord record) {}

  static StepRun.Body<GenericRecord, GenericRecord> filter(Expression where, boolean table) {
    return (record, frame, output) -> {
      if (record.value() == null || where.holds(frame)) {
        output.give(record);
        return;
      }
      output.drop(DropReason.FILTERED);
      if (table) {
        // The row no longer fits: those who keep the table have to forget it.
        output.give(record.withValue(null));
      }
    };
  }

  static StepRun.Body<GenericRecord, GenericRecord> map(Made made) {
    return (record, frame, output) ->
        output.give(
            record.withValue(record.value() == null ? null : made.of(record.value(), frame)));
  }

  static StepRun.Body<GenericRecord, GenericRecord> flatMap(Expression each, String as, Made made) {
    return (record, frame, output) -> {
      Object list = each.value(frame);
      if (list == null) {
        return;
      }
      Schema element = element(each.schema());
      for (Object one : (List<?>) list) {
        frame.set(as, element, one);
        output.give(record.withValue(made.of(record.value(), frame)));
      }
    };
  }

  private static Schema element(Schema list) {
    return dev.foldstream.topology.expressions.ExpressionCompiler.elementOf(list);
  }

  static StepRun.Body<GenericRecord, GenericRecord> rekey(Expression key) {
    return (record, frame, output) -> output.give(record.withKey(key.string(frame)));
  }

  static StepRun.Body<GenericRecord, Branched> branch(
      List<Expression> conditions, boolean otherwise) {
    return (record, frame, output) -> {
      for (int i = 0; i < conditions.size(); i++) {
        if (conditions.get(i).holds(frame)) {
          output.give(record.withValue(new Branched(i, record.value())));
          return;
        }
      }
      if (otherwise) {
        output.give(record.withValue(new Branched(conditions.size(), record.value())));
      } else {
        output.drop(DropReason.NO_BRANCH);
      }
    };
  }

  static StepRun.Body<GenericRecord, GenericRecord> merge() {
    return (record, frame, output) -> output.give(record);
  }

  /**
   * Makes records of expressions.
   *
   * @param keep whether fields of the record that came in are taken over by name
   */
  record Made(Schema schema, boolean keep, Map<String, Expression> fields) {

    GenericRecord of(GenericRecord input, Frame frame) {
      var record = new GenericData.Record(schema);
      if (keep) {
        for (var field : input.getSchema().getFields()) {
          var to = schema.getField(field.name());
          if (to != null) {
            record.put(to.pos(), input.get(field.pos()));
          }
        }
      }
      put(record, frame);
      return record;
    }

    GenericRecord of(Frame frame) {
      var record = new GenericData.Record(schema);
      put(record, frame);
      return record;
    }

    private void put(GenericRecord record, Frame frame) {
      for (var field : fields.entrySet()) {
        record.put(field.getKey(), field.getValue().value(frame));
      }
    }
  }

  /** The left record and the right one of a join. */
  record Pair(
      @org.jspecify.annotations.Nullable GenericRecord left,
      @org.jspecify.annotations.Nullable GenericRecord right) {

    void into(Frame frame, String leftName, String rightName) {
      frame.set(leftName, left);
      frame.set(rightName, right);
    }

    void into(Frame frame) {
      into(frame, Scope.LEFT, Scope.RIGHT);
    }
  }
}
