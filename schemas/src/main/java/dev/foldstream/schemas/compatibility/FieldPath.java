package dev.foldstream.schemas.compatibility;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Turns Avro's pointer into a schema's JSON into the names of fields that lead there. */
final class FieldPath {

  private FieldPath() {}

  /**
   * The path of field names.
   *
   * @param pointer such as {@code /fields/2/type/items/fields/0}
   */
  static String of(Schema root, String pointer) {
    var path = new StringBuilder();
    @Nullable Schema at = root;
    var steps = pointer.split("/", -1);
    for (int step = 1; step < steps.length && at != null; step++) {
      switch (steps[step]) {
        case "fields" -> {
          step++;
          var field = at.getFields().get(Integer.parseInt(steps[step]));
          path.append(path.isEmpty() ? "" : ".").append(field.name());
          at = field.schema();
        }
        case "items" -> {
          path.append("[]");
          at = at.getElementType();
        }
        case "values" -> {
          path.append("{}");
          at = at.getValueType();
        }
        case "type" -> {}
        default -> at = branch(at, steps[step]);
      }
    }
    return path.toString();
  }

  private static @Nullable Schema branch(Schema schema, String step) {
    boolean index = !step.isEmpty() && step.chars().allMatch(Character::isDigit);
    if (!index || schema.getType() != Schema.Type.UNION) {
      return null;
    }
    int branch = Integer.parseInt(step);
    return branch < schema.getTypes().size() ? schema.getTypes().get(branch) : null;
  }
}
