package dev.foldstream.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.schemas.types.Scalar;
import dev.foldstream.schemas.types.ValueType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What was wanted and what was found, in words. */
final class JsonWords {

  private static final int MAX_SHOWN = 40;

  private JsonWords() {}

  static String wanted(ValueType type) {
    return switch (type) {
      case Scalar scalar -> wanted(scalar);
      case ValueType.Nullable(var present) -> wanted(present) + " or null";
      case ValueType.EnumOf(var enumClass) ->
          Arrays.stream(enumClass.getEnumConstants())
              .map(Enum::name)
              .collect(Collectors.joining(", ", "one of ", ""));
      case ValueType.ListOf _ -> "an array";
      case ValueType.MapOf _, ValueType.Nested _, ValueType.OneOf _ -> "an object";
    };
  }

  static String wanted(Scalar scalar) {
    return switch (scalar) {
      case STRING -> "a string";
      case INT -> "a whole number from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> "a whole number from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
      case BOOLEAN -> "true or false";
      case DOUBLE -> "a number";
      case DECIMAL -> "a decimal number, or one as a string";
      case INSTANT -> "a time such as 2026-01-31T12:00:00Z";
      case DATE -> "a date such as 2026-01-31";
      case UUID -> "a UUID such as 123e4567-e89b-42d3-a456-426614174000";
    };
  }

  static String found(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NULL -> "null";
      case MISSING -> "nothing";
      case STRING -> "the string " + shortened(json.toString());
      default -> shortened(json.asText());
    };
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
