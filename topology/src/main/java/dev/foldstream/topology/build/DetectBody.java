package dev.foldstream.topology.build;

import dev.foldstream.topology.build.StepRun.Output;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.Frame;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Scores each record by what came before it for its key, then learns from it. */
final class DetectBody implements StepRun.Body<GenericRecord, GenericRecord> {

  private final Step.Detect step;
  private final List<Expression> values;
  private final Schema schema;
  private final String storeName;
  private final Detector detector;
  private @Nullable RecentState store;

  DetectBody(Step.Detect step, List<Expression> values, Schema schema, String storeName) {
    this.step = step;
    this.values = values;
    this.schema = schema;
    this.storeName = storeName;
    this.detector =
        step.method() == Step.Method.FOREST
            ? new ForestDetector(values.size(), step.warmUp())
            : new DeviationDetector(
                step.method() == Step.Method.EWMA ? step.smoothing() : 0, step.warmUp());
  }

  @Override
  public void open(ProcessingContext context) {
    store = new RecentState(context, storeName, step.forget().toMillis());
  }

  @Override
  public void take(
      Record<String, GenericRecord> record, Frame frame, Output<GenericRecord> output) {
    if (record.key() == null) {
      output.drop(DropReason.NO_KEY);
      return;
    }
    double[] point = new double[values.size()];
    for (int i = 0; i < point.length; i++) {
      point[i] = number(values.get(i).raw(frame));
    }
    var kept = Objects.requireNonNull(store);
    var score = detector.score(record.key(), kept.get(record.key()), point);
    var scored = scored(record.value(), score);
    kept.put(record.key(), score.state());
    boolean unusual = score.value() >= step.threshold();
    if (step.onlyUnusual() && !unusual) {
      output.drop(DropReason.USUAL);
      return;
    }
    output.give(record.withValue(scored));
  }

  private GenericRecord scored(GenericRecord input, Detector.Score score) {
    var made = new GenericData.Record(schema);
    for (var field : input.getSchema().getFields()) {
      made.put(field.name(), input.get(field.pos()));
    }
    made.put("score", score.value());
    made.put("expected", score.expected());
    made.put("unusual", score.value() >= step.threshold());
    return made;
  }

  static double number(Object value) {
    double number =
        switch (value) {
          case Long whole -> whole.doubleValue();
          case BigDecimal decimal -> decimal.doubleValue();
          case Double one -> one;
          default -> throw new ArithmeticException(value + " is no number");
        };
    if (!Double.isFinite(number)) {
      throw new ArithmeticException(number + " cannot be compared with others");
    }
    return number;
  }
}
