package dev.foldstream.topology.aggregation;

import dev.foldstream.topology.document.Calculation;
import dev.foldstream.topology.expressions.AvroValues;
import dev.foldstream.topology.expressions.Expression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** The fields of an aggregate: what they take, keep and give. */
public final class Aggregation {

  private static final Schema COUNTED = Schema.create(Schema.Type.INT);

  private record Field(String name, Calculation calculation, Schema value, Schema result) {}

  private final List<Field> fields = new ArrayList<>();
  private final Schema inputs;

  /**
   * An aggregation.
   *
   * @param expressions of the calculations that have one
   * @param output the record that is made
   */
  public Aggregation(
      Map<String, Calculation> calculations, Map<String, Expression> expressions, Schema output) {
    var inputFields = new ArrayList<Schema.Field>();
    calculations.forEach(
        (name, calculation) -> {
          Expression expression = expressions.get(name);
          Schema value = expression == null ? COUNTED : AvroValues.withoutNull(expression.schema());
          var result = Objects.requireNonNull(output.getField(name)).schema();
          fields.add(new Field(name, calculation, value, result));
          if (expression != null) {
            inputFields.add(
                new Schema.Field(
                    name,
                    Schema.createUnion(Schema.create(Schema.Type.NULL), value),
                    null,
                    Schema.Field.NULL_DEFAULT_VALUE));
          }
        });
    inputs = Schema.createRecord("Inputs", null, output.getNamespace(), false, inputFields);
  }

  /** The values that each record contributes; what passes a repartition. */
  public Schema inputs() {
    return inputs;
  }

  public Accumulation initial() {
    return new Accumulation(fields.stream().map(Aggregation::accumulator).toList());
  }

  private static Accumulator accumulator(Field field) {
    var calculation = field.calculation();
    return switch (calculation.kind()) {
      case COUNT -> new Counting();
      case SUM -> new Summing(field.value(), field.result(), false);
      case AVG -> new Summing(field.value(), field.result(), true);
      case MIN, MAX, FIRST, LAST -> new Choosing(calculation.kind(), field.value());
      case COLLECT ->
          new Collecting(field.result(), Objects.requireNonNullElse(calculation.limit(), 1));
      case DISTINCT -> new DistinctSketch(field.value());
      case PERCENTILE ->
          new PercentileSketch(
              field.value(), Objects.requireNonNullElse(calculation.percentile(), 0.0));
    };
  }

  /** What is kept of the records of one key, and perhaps one window. */
  public final class Accumulation {
    private final List<Accumulator> accumulators;

    private Accumulation(List<Accumulator> accumulators) {
      this.accumulators = accumulators;
    }

    public Accumulation add(GenericRecord values, long time) {
      for (int i = 0; i < accumulators.size(); i++) {
        Field field = fields.get(i);
        @Nullable Object value =
            field.calculation().of() == null ? (Object) true : values.get(field.name());
        if (value != null) {
          accumulators.get(i).add(value, time);
        }
      }
      return this;
    }

    public Accumulation merge(Accumulation other) {
      for (int i = 0; i < accumulators.size(); i++) {
        accumulators.get(i).merge(other.accumulators.get(i));
      }
      return this;
    }

    /** Puts the results into the record that is made. */
    public void into(GenericRecord record) {
      for (int i = 0; i < accumulators.size(); i++) {
        record.put(fields.get(i).name(), accumulators.get(i).result());
      }
    }

    @Override
    public String toString() {
      var shown = new java.util.LinkedHashMap<String, @Nullable Object>();
      for (int i = 0; i < accumulators.size(); i++) {
        shown.put(fields.get(i).name(), shown(fields.get(i), accumulators.get(i).result()));
      }
      return shown.toString();
    }

    private static @Nullable Object shown(Field field, @Nullable Object result) {
      return result instanceof java.nio.ByteBuffer
          ? AvroValues.decimal(AvroValues.withoutNull(field.result()), result)
              .stripTrailingZeros()
              .toPlainString()
          : result;
    }

    private byte[] bytes() {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      try {
        for (Accumulator accumulator : accumulators) {
          accumulator.write(out);
        }
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
      return bytes.toByteArray();
    }
  }

  private Accumulation read(byte[] bytes) {
    var read = initial();
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      for (Accumulator accumulator : read.accumulators) {
        accumulator.read(in);
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    return read;
  }

  /**
   * The stored form: the fields in their order. It changes with the definition of the aggregate.
   */
  public Serde<Accumulation> serde() {
    return Serdes.serdeFrom(
        (_, value) -> value == null ? null : value.bytes(),
        (_, bytes) -> bytes == null ? null : read(bytes));
  }
}
