package dev.foldstream.topology.aggregation;

import dev.foldstream.topology.expressions.AvroValues;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A sum or an average. Decimals and whole numbers are summed exactly, doubles as doubles. */
final class Summing implements Accumulator {

  private final Schema value;
  private final Schema resultSchema;
  private final boolean average;
  private final boolean inexact;
  private BigDecimal exact = BigDecimal.ZERO;
  private double sum;
  private long count;

  Summing(Schema value, Schema result, boolean average) {
    this.value = value;
    this.resultSchema = AvroValues.withoutNull(result);
    this.average = average;
    this.inexact = value.getType() == Schema.Type.DOUBLE || value.getType() == Schema.Type.FLOAT;
  }

  @Override
  public void add(Object added, long time) {
    count++;
    if (inexact) {
      sum += ((Number) added).doubleValue();
    } else {
      exact =
          exact.add(
              added instanceof Number number
                  ? BigDecimal.valueOf(number.longValue())
                  : AvroValues.decimal(value, added));
    }
  }

  @Override
  public void merge(Accumulator other) {
    var more = (Summing) other;
    count += more.count;
    sum += more.sum;
    exact = exact.add(more.exact);
  }

  @Override
  public @Nullable Object result() {
    if (average && count == 0) {
      return null;
    }
    if (resultSchema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      var result =
          average
              ? exact.divide(BigDecimal.valueOf(count), decimal.getScale(), RoundingMode.HALF_EVEN)
              : exact;
      return AvroValues.decimal(result, decimal);
    }
    if (average) {
      return (inexact ? sum : exact.doubleValue()) / count;
    }
    return inexact ? (Object) sum : (Object) exact.longValueExact();
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeLong(count);
    if (inexact) {
      out.writeDouble(sum);
    } else {
      byte[] unscaled = exact.unscaledValue().toByteArray();
      out.writeInt(exact.scale());
      out.writeInt(unscaled.length);
      out.write(unscaled);
    }
  }

  @Override
  public void read(DataInputStream in) throws IOException {
    count = in.readLong();
    if (inexact) {
      sum = in.readDouble();
    } else {
      int scale = in.readInt();
      byte[] unscaled = in.readNBytes(in.readInt());
      exact = new BigDecimal(new java.math.BigInteger(unscaled), scale);
    }
  }
}
