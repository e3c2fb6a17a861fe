package dev.foldstream.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.schemas.codec.DecimalRule;
import dev.foldstream.schemas.types.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

/** Values without parts, from JSON. Only values that the codec can write are taken. */
final class JsonScalars {

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,60}(\\.[0-9]{1,30})?");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MAX_SECOND = Long.MAX_VALUE / MICROS_PER_SECOND - 1;

  private JsonScalars() {}

  /** The JSON value is not one of the type. */
  static final class WrongValue extends Exception {
    private static final long serialVersionUID = 1;
    private final String wanted;

    WrongValue(String wanted) {
      super(wanted, null, false, false);
      this.wanted = wanted;
    }

    String wanted() {
      return wanted;
    }
  }

  static Object read(Scalar scalar, DecimalRule rule, JsonNode json) throws WrongValue {
    boolean fits =
        switch (scalar) {
          case STRING, INSTANT, DATE, UUID -> json.isTextual();
          case INT -> json.isIntegralNumber() && json.canConvertToInt();
          case LONG -> json.isIntegralNumber() && json.canConvertToLong();
          case BOOLEAN -> json.isBoolean();
          case DOUBLE -> json.isNumber() && Double.isFinite(json.doubleValue());
          case DECIMAL -> json.isNumber() || json.isTextual();
        };
    if (!fits) {
      throw new WrongValue(JsonWords.wanted(scalar));
    }
    return switch (scalar) {
      case STRING -> string(json.textValue());
      case INT -> json.intValue();
      case LONG -> json.longValue();
      case BOOLEAN -> json.booleanValue();
      case DOUBLE -> json.doubleValue();
      case DECIMAL -> decimal(json, rule);
      case INSTANT -> instant(json.textValue());
      case DATE -> date(json.textValue());
      case UUID -> uuid(json.textValue());
    };
  }

  /** Half of a surrogate pair has no form in UTF-8: it would come back as a question mark. */
  private static String string(String text) throws WrongValue {
    for (int index = 0; index < text.length(); index++) {
      char found = text.charAt(index);
      if (Character.isHighSurrogate(found)
          && index + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(index + 1))) {
        index++;
      } else if (Character.isSurrogate(found)) {
        throw new WrongValue("a string of whole Unicode characters");
      }
    }
    return text;
  }

  private static BigDecimal decimal(JsonNode json, DecimalRule rule) throws WrongValue {
    if (json.isTextual() && !DECIMAL.matcher(json.textValue()).matches()) {
      throw new WrongValue(JsonWords.wanted(Scalar.DECIMAL));
    }
    var value = json.isTextual() ? new BigDecimal(json.textValue()) : json.decimalValue();
    if (rule.fault(value).isPresent()) {
      throw new WrongValue(
          "a decimal of at most %d digits before the point and %d after it"
              .formatted(rule.precision() - rule.scale(), rule.scale()));
    }
    return rule.widened(value);
  }

  private static Instant instant(String text) throws WrongValue {
    try {
      var instant = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      if (Math.abs(instant.getEpochSecond()) < MAX_SECOND) {
        return instant;
      }
    } catch (DateTimeException _) {
      // said below
    }
    throw new WrongValue(JsonWords.wanted(Scalar.INSTANT));
  }

  private static LocalDate date(String text) throws WrongValue {
    try {
      var date = LocalDate.parse(text);
      if (date.toEpochDay() == (int) date.toEpochDay()) {
        return date;
      }
    } catch (DateTimeException _) {
      // said below
    }
    throw new WrongValue(JsonWords.wanted(Scalar.DATE));
  }

  private static UUID uuid(String text) throws WrongValue {
    if (!UUID_TEXT.matcher(text).matches()) {
      throw new WrongValue(JsonWords.wanted(Scalar.UUID));
    }
    return UUID.fromString(text);
  }
}
