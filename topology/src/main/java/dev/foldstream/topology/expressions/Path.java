package dev.foldstream.topology.expressions;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * A variable, or a field of one, or a field of that. It is read without CEL, and keeps the exact
 * type of Avro; where a field has no value, neither has the path.
 *
 * @param schema with null when a part of the way may be absent
 */
record Path(String variable, List<String> fields, Schema schema) {

  /** The path that an expression is; null when it is something else. */
  static @Nullable Path of(CelExpr expression, Map<String, List<Schema>> variables) {
    var fields = new ArrayList<String>();
    CelExpr at = expression;
    while (at.getKind() == CelExpr.ExprKind.Kind.SELECT && !at.select().testOnly()) {
      fields.addFirst(at.select().field());
      at = at.select().operand();
    }
    if (at.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return null;
    }
    List<Schema> schemas = variables.get(at.ident().name());
    if (schemas == null) {
      return null;
    }
    boolean optional = schemas.stream().anyMatch(one -> one.getType() == Schema.Type.NULL);
    schemas = schemas.stream().filter(one -> one.getType() != Schema.Type.NULL).toList();
    for (String field : fields) {
      var next = new ArrayList<Schema>();
      for (Schema schema : schemas) {
        var found = schema.getType() == Schema.Type.RECORD ? schema.getField(field) : null;
        if (found == null) {
          optional = true;
        } else if (found.schema().getType() == Schema.Type.UNION) {
          optional = optional || found.schema().isNullable();
          found.schema().getTypes().stream()
              .filter(one -> one.getType() != Schema.Type.NULL)
              .forEach(next::add);
        } else {
          next.add(found.schema());
        }
      }
      schemas = next;
    }
    var distinct = schemas.stream().distinct().toList();
    if (distinct.size() != 1) {
      return null;
    }
    return new Path(
        at.ident().name(),
        List.copyOf(fields),
        optional
            ? Schema.createUnion(Schema.create(Schema.Type.NULL), distinct.getFirst())
            : distinct.getFirst());
  }

  @Nullable Object read(Frame frame) {
    Object at = frame.avro(variable);
    for (String name : fields) {
      if (!(at instanceof GenericRecord record)) {
        return null;
      }
      var field = record.getSchema().getField(name);
      at = field == null ? null : record.get(field.pos());
    }
    return at;
  }
}
