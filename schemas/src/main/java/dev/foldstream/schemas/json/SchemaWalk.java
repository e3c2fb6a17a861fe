package dev.foldstream.schemas.json;

import dev.foldstream.schemas.codec.DecimalRule;
import dev.foldstream.schemas.codec.SchemaWords;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Goes down a schema beside a Java type; below a type without a schema there is none. */
record SchemaWalk(@Nullable Schema schema) {

  SchemaWalk field(String name) {
    var field = schema == null ? null : schema.getField(name);
    return new SchemaWalk(field == null ? null : field.schema());
  }

  SchemaWalk withoutNull() {
    return new SchemaWalk(schema == null ? null : SchemaWords.withoutNull(schema));
  }

  SchemaWalk element() {
    return new SchemaWalk(schema == null ? null : schema.getElementType());
  }

  SchemaWalk mapValue() {
    return new SchemaWalk(schema == null ? null : schema.getValueType());
  }

  SchemaWalk branch(Class<?> record) {
    if (schema == null || schema.getType() != Schema.Type.UNION) {
      return new SchemaWalk(null);
    }
    var name = record.getSimpleName();
    return new SchemaWalk(
        schema.getTypes().stream()
            .filter(branch -> branch.getName().equals(name))
            .findFirst()
            .orElse(null));
  }

  DecimalRule decimal() {
    return schema != null && schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? DecimalRule.of(decimal)
        : DecimalRule.DEFAULT;
  }
}
