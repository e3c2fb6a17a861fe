package dev.foldstream.schemas.codec;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Decimals of the schema's scale and precision. A smaller scale is widened; a larger one, or more
 * digits than the precision, is refused in both directions.
 */
final class ExactDecimals extends Conversions.DecimalConversion {

  private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);

  @Override
  public ByteBuffer toBytes(BigDecimal value, Schema schema, LogicalType type) {
    DecimalRule.of((LogicalTypes.Decimal) type)
        .fault(value)
        .ifPresent(
            fault -> {
              throw new AvroTypeException(fault);
            });
    return super.toBytes(value, schema, type);
  }

  @Override
  public BigDecimal fromBytes(ByteBuffer bytes, Schema schema, LogicalType type) {
    var rule = DecimalRule.of((LogicalTypes.Decimal) type);
    if (bytes.remaining() == 0 || bytes.remaining() > mostBytes(rule.precision())) {
      throw new AvroTypeException(
          "a decimal of at most %d digits has 1 to %d bytes; found %d"
              .formatted(rule.precision(), mostBytes(rule.precision()), bytes.remaining()));
    }
    var value = super.fromBytes(bytes, schema, type);
    rule.fault(value)
        .ifPresent(
            fault -> {
              throw new AvroTypeException(fault);
            });
    return value;
  }

  private static int mostBytes(int precision) {
    return (int) (precision * BITS_PER_DIGIT / Byte.SIZE) + 1;
  }
}
