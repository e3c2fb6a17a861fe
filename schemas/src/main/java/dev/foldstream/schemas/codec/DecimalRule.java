package dev.foldstream.schemas.codec;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.avro.LogicalTypes;

/** Which decimals fit a schema: the same rule for bytes and for JSON. */
public record DecimalRule(int precision, int scale) {

  /** What a decimal gets whose schema does not say otherwise. */
  public static final DecimalRule DEFAULT = new DecimalRule(18, 2);

  public static DecimalRule of(LogicalTypes.Decimal type) {
    return new DecimalRule(type.getPrecision(), type.getScale());
  }

  /** What is wrong with this value, or empty when it fits. Never expands a large exponent. */
  public Optional<String> fault(BigDecimal value) {
    if (value.scale() > scale) {
      return Optional.of(
          "wanted at most %d digits after the point; found %d".formatted(scale, value.scale()));
    }
    long whole = (long) value.precision() - value.scale();
    if (value.signum() != 0 && whole > precision - scale) {
      return Optional.of(
          "wanted at most %d digits before the point; found %d"
              .formatted(precision - scale, whole));
    }
    if (value.signum() == 0 && value.scale() < -precision) {
      return Optional.of("wanted zero without an exponent; found " + value);
    }
    return Optional.empty();
  }

  /** A value that fits, with exactly the scale. */
  public BigDecimal widened(BigDecimal value) {
    return value.setScale(scale);
  }
}
