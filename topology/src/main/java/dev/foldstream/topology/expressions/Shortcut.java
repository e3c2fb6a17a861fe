package dev.foldstream.topology.expressions;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An expression of comparisons, arithmetic and logic over fields and constants, evaluated without
 * CEL, which takes most of the time of a simple step.
 *
 * <ol>
 *   <li>It gives what CEL gives, or null for "ask CEL": for a field without a value, a number that
 *       is too long, and whatever else would be a fault.
 *   <li>Decimals it gives may have trailing zeros.
 * </ol>
 */
abstract sealed class Shortcut {

  /** What a part of an expression is. */
  private enum Kind {
    WHOLE,
    DECIMAL,
    TEXT,
    TRUTH;

    boolean number() {
      return this == WHOLE || this == DECIMAL;
    }
  }

  private final Kind kind;

  private Shortcut(Kind kind) {
    this.kind = kind;
  }

  /** A Long, BigDecimal, String or Boolean; null when CEL has to be asked. */
  abstract @Nullable Object value(Frame frame);

  /** Null when the expression has anything else in it; it passed the checks of its types. */
  static @Nullable Shortcut of(CelExpr expression, Map<String, List<Schema>> variables) {
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT, SELECT -> read(Path.of(expression, variables));
      case CALL -> call(expression.call(), variables);
      default -> null;
    };
  }

  private static @Nullable Shortcut constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case INT64_VALUE -> new Constant(Kind.WHOLE, constant.int64Value());
      case STRING_VALUE -> new Constant(Kind.TEXT, constant.stringValue());
      case BOOLEAN_VALUE -> new Constant(Kind.TRUTH, constant.booleanValue());
      default -> null;
    };
  }

  private static @Nullable Shortcut read(@Nullable Path path) {
    if (path == null) {
      return null;
    }
    Schema schema = AvroValues.withoutNull(path.schema());
    var logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Decimal decimal && schema.getType() == Schema.Type.BYTES) {
      return new Decimal(path, decimal.getScale());
    }
    if (logical != null) {
      return null;
    }
    return switch (schema.getType()) {
      case INT, LONG -> new Read(Kind.WHOLE, path);
      case STRING, ENUM -> new Read(Kind.TEXT, path);
      case BOOLEAN -> new Read(Kind.TRUTH, path);
      default -> null;
    };
  }

  private static @Nullable Shortcut call(
      CelExpr.CelCall call, Map<String, List<Schema>> variables) {
    if (call.target().isPresent() || call.args().isEmpty() || call.args().size() > 2) {
      return null;
    }
    Shortcut left = of(call.args().getFirst(), variables);
    if (left == null) {
      return null;
    }
    if (call.args().size() == 1) {
      return one(call.function(), left);
    }
    Shortcut right = of(call.args().getLast(), variables);
    return right == null ? null : two(call.function(), left, right);
  }

  private static @Nullable Shortcut one(String function, Shortcut of) {
    if (function.equals("!_") && of.kind == Kind.TRUTH) {
      return new Not(of);
    }
    if (function.equals("decimal") && of instanceof Constant constant && of.kind == Kind.TEXT) {
      return new Constant(Kind.DECIMAL, Decimals.parse((String) constant.value));
    }
    return null;
  }

  private static @Nullable Shortcut two(String function, Shortcut left, Shortcut right) {
    boolean numbers = left.kind.number() && right.kind.number();
    boolean truths = left.kind == Kind.TRUTH && right.kind == Kind.TRUTH;
    boolean same = left.kind == right.kind && left.kind != Kind.DECIMAL;
    return switch (function) {
      case "_<_", "_<=_", "_>_", "_>=_" -> numbers ? new Order(function, left, right) : null;
      case "_==_" -> same ? new Same(left, right) : null;
      case "_!=_" -> same ? new Not(new Same(left, right)) : null;
      case "_+_", "_-_", "_*_" -> numbers ? new Sum(function, left, right) : null;
      case "_&&_" -> truths ? new Both(left, right, false) : null;
      case "_||_" -> truths ? new Both(left, right, true) : null;
      default -> null;
    };
  }

  private static BigDecimal exact(Object number) {
    return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) number);
  }

  private static final class Constant extends Shortcut {
    private final Object value;

    Constant(Kind kind, Object value) {
      super(kind);
      this.value = value;
    }

    @Override
    Object value(Frame frame) {
      return value;
    }
  }

  private static final class Read extends Shortcut {
    private final Path path;

    Read(Kind kind, Path path) {
      super(kind);
      this.path = path;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object value = path.read(frame);
      return switch (value) {
        case null -> null;
        case Integer whole -> (Object) whole.longValue();
        case Long whole -> whole;
        case Boolean truth -> truth;
        default -> value.toString();
      };
    }
  }

  private static final class Decimal extends Shortcut {
    private final Path path;
    private final int scale;

    Decimal(Path path, int scale) {
      super(Kind.DECIMAL);
      this.path = path;
      this.scale = scale;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return path.read(frame) instanceof ByteBuffer bytes ? decimal(bytes, scale) : null;
    }
  }

  static BigDecimal decimal(ByteBuffer bytes, int scale) {
    if (bytes.hasArray()) {
      return new BigDecimal(
          new BigInteger(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()),
          scale);
    }
    byte[] unscaled = new byte[bytes.remaining()];
    bytes.duplicate().get(unscaled);
    return new BigDecimal(new BigInteger(unscaled), scale);
  }

  /** Two parts that both have to have a value. */
  private abstract static sealed class Pair extends Shortcut {
    private final Shortcut left;
    private final Shortcut right;

    Pair(Kind kind, Shortcut left, Shortcut right) {
      super(kind);
      this.left = left;
      this.right = right;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object one = left.value(frame);
      Object other = one == null ? null : right.value(frame);
      return one == null || other == null ? null : of(one, other);
    }

    abstract @Nullable Object of(Object one, Object other);
  }

  private static final class Order extends Pair {
    private final boolean less;
    private final boolean equal;

    Order(String function, Shortcut left, Shortcut right) {
      super(Kind.TRUTH, left, right);
      less = function.startsWith("_<");
      equal = function.endsWith("=_");
    }

    @Override
    Object of(Object one, Object other) {
      int order =
          one instanceof Long a && other instanceof Long b
              ? Long.compare(a, b)
              : exact(one).compareTo(exact(other));
      return order == 0 ? equal : (order < 0) == less;
    }
  }

  private static final class Same extends Pair {
    Same(Shortcut left, Shortcut right) {
      super(Kind.TRUTH, left, right);
    }

    @Override
    Object of(Object one, Object other) {
      return one.equals(other);
    }
  }

  private static final class Sum extends Pair {
    private final String function;

    Sum(String function, Shortcut left, Shortcut right) {
      super(
          left.kind == Kind.WHOLE && right.kind == Kind.WHOLE ? Kind.WHOLE : Kind.DECIMAL,
          left,
          right);
      this.function = function;
    }

    @Override
    @Nullable Object of(Object one, Object other) {
      return one instanceof Long a && other instanceof Long b
          ? whole(a, b)
          : sum(exact(one), exact(other));
    }

    private @Nullable Object whole(long a, long b) {
      try {
        return switch (function) {
          case "_+_" -> Math.addExact(a, b);
          case "_-_" -> Math.subtractExact(a, b);
          default -> Math.multiplyExact(a, b);
        };
      } catch (ArithmeticException tooLong) {
        return null;
      }
    }

    private @Nullable Object sum(BigDecimal a, BigDecimal b) {
      BigDecimal result =
          switch (function) {
            case "_+_" -> a.add(b);
            case "_-_" -> a.subtract(b);
            default -> a.multiply(b);
          };
      return result.precision() > Decimals.MAX_DIGITS ? null : result;
    }
  }

  private static final class Not extends Shortcut {
    private final Shortcut of;

    Not(Shortcut of) {
      super(Kind.TRUTH);
      this.of = of;
    }

    @Override
    @Nullable Object value(Frame frame) {
      return of.value(frame) instanceof Boolean truth ? !truth : null;
    }
  }

  /** "And" when false decides, "or" when true does. */
  private static final class Both extends Shortcut {
    private final Shortcut left;
    private final Shortcut right;
    private final boolean decides;

    Both(Shortcut left, Shortcut right, boolean decides) {
      super(Kind.TRUTH);
      this.left = left;
      this.right = right;
      this.decides = decides;
    }

    @Override
    @Nullable Object value(Frame frame) {
      Object one = left.value(frame);
      return one instanceof Boolean truth && truth != decides ? right.value(frame) : one;
    }
  }
}
