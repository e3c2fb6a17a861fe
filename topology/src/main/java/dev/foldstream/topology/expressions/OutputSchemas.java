package dev.foldstream.topology.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** From the type of an expression to a schema of Avro. */
final class OutputSchemas {

  /** Of decimals that are calculated. */
  private static final int PRECISION = 38;

  private final CelAbstractSyntaxTree tree;
  private final Map<String, List<Schema>> variables;
  private final AvroTypes types;

  OutputSchemas(CelAbstractSyntaxTree tree, Map<String, List<Schema>> variables, AvroTypes types) {
    this.tree = tree;
    this.variables = variables;
    this.types = types;
  }

  /** A type that no schema stands for. */
  static final class Unwritable extends Exception {
    private static final long serialVersionUID = 1L;
    private final String hint;

    Unwritable(String message, String hint) {
      super(message, null, false, false);
      this.hint = hint;
    }

    String hint() {
      return hint;
    }

    String words() {
      return String.valueOf(getMessage());
    }
  }

  Schema of(CelType type) throws Unwritable {
    if (type.equals(Decimals.TYPE)) {
      return decimal();
    }
    return switch (type) {
      case ListType list -> Schema.createArray(of(list.elemType()));
      case OptionalType optional ->
          Schema.createUnion(Schema.create(Schema.Type.NULL), of(optional.parameters().getFirst()));
      case MapType map when map.keyType().equals(SimpleType.STRING) ->
          Schema.createMap(of(map.valueType()));
      case SimpleType simple -> ofSimple(simple);
      default -> ofRecord(type);
    };
  }

  private Schema ofRecord(CelType type) throws Unwritable {
    Schema record = types.schema(type.name());
    if (record == null) {
      throw new Unwritable(
          "a value of type %s cannot be written".formatted(type.name()),
          "take the fields that are wanted one by one");
    }
    return record;
  }

  private static Schema ofSimple(SimpleType simple) throws Unwritable {
    return switch (simple.kind()) {
      case BOOL -> Schema.create(Schema.Type.BOOLEAN);
      case INT, UINT, DURATION -> Schema.create(Schema.Type.LONG);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case STRING -> Schema.create(Schema.Type.STRING);
      case BYTES -> Schema.create(Schema.Type.BYTES);
      case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
      default ->
          throw new Unwritable(
              "the type of the value is not known (%s)".formatted(simple.name()),
              "convert it, for instance with string(...), int(...) or double(...)");
    };
  }

  private Schema decimal() throws Unwritable {
    int scale =
        DecimalScales.of(tree, variables)
            .orElseThrow(
                () ->
                    new Unwritable(
                        "how many digits the decimal has after the point cannot be told",
                        "write round(..., 2) around it"));
    if (scale > PRECISION) {
      throw new Unwritable(
          "the decimal would have %d digits after the point".formatted(scale),
          "write round(..., 2) around it");
    }
    return LogicalTypes.decimal(PRECISION, scale).addToSchema(Schema.create(Schema.Type.BYTES));
  }
}
