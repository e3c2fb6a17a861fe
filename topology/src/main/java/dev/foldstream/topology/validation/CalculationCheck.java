package dev.foldstream.topology.validation;

import dev.foldstream.topology.document.Calculation;
import dev.foldstream.topology.document.Calculation.Kind;
import dev.foldstream.topology.expressions.AvroValues;
import dev.foldstream.topology.expressions.Wanted;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What calculations take and give. */
final class CalculationCheck {

  /** Digits of an average of decimals beyond those of the values. */
  static final int MORE_DIGITS = 2;

  private static final int PRECISION = 38;

  private CalculationCheck() {}

  static Wanted wanted(Kind kind) {
    return switch (kind) {
      case SUM, AVG -> Wanted.NUMBER;
      case PERCENTILE -> Wanted.MEASURE;
      case MIN, MAX -> Wanted.COMPARABLE;
      case COUNT, FIRST, LAST, COLLECT, DISTINCT -> Wanted.ANY;
    };
  }

  static Schema result(Calculation calculation, Schema value) {
    Schema present = AvroValues.withoutNull(value);
    return switch (calculation.kind()) {
      case COUNT, DISTINCT -> Schema.create(Schema.Type.LONG);
      case SUM -> sum(present);
      case AVG -> value.isNullable() ? Records.optional(average(present)) : average(present);
      case PERCENTILE ->
          value.isNullable()
              ? Records.optional(Schema.create(Schema.Type.DOUBLE))
              : Schema.create(Schema.Type.DOUBLE);
      case COLLECT -> Schema.createArray(present);
      case MIN, MAX, FIRST, LAST -> value.isNullable() ? Records.optional(present) : present;
    };
  }

  private static Schema sum(Schema value) {
    if (value.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal(decimal.getScale());
    }
    return switch (value.getType()) {
      case FLOAT, DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      default -> Schema.create(Schema.Type.LONG);
    };
  }

  private static Schema average(Schema value) {
    return value.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? decimal(decimal.getScale() + MORE_DIGITS)
        : Schema.create(Schema.Type.DOUBLE);
  }

  private static Schema decimal(int scale) {
    return LogicalTypes.decimal(PRECISION, scale).addToSchema(Schema.create(Schema.Type.BYTES));
  }
}
