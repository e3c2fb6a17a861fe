package dev.foldstream.topology.expressions;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;

/**
 * Exact decimals in expressions. They mix with whole numbers, never with doubles, and are rounded
 * only where {@code round} or {@code divide} says so, half to even.
 *
 * <p>Within expressions they stand without trailing zeros, so that equal amounts are equal.
 */
@SuppressWarnings("Immutable") // functions without state
final class Decimals {

  static final CelType TYPE = OpaqueType.create("decimal");

  /** Digits a result may have; more is a fault of the expression. */
  static final int MAX_DIGITS = 60;

  private static final int MAX_SCALE = 30;

  private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
  private final List<CelFunctionBinding> bound = new ArrayList<>();

  private Decimals() {
    arithmetic("_+_", "add", BigDecimal::add);
    arithmetic("_-_", "subtract", BigDecimal::subtract);
    arithmetic("_*_", "multiply", BigDecimal::multiply);
    comparison("_<_", "less", order -> order < 0);
    comparison("_<=_", "less_equals", order -> order <= 0);
    comparison("_>_", "greater", order -> order > 0);
    comparison("_>=_", "greater_equals", order -> order >= 0);
    conversions();
    rounding();
    sums();
  }

  private static final Decimals ALL = new Decimals();

  static List<CelFunctionDecl> declarations() {
    return ALL.declared.entrySet().stream()
        .map(entry -> CelFunctionDecl.newFunctionDeclaration(entry.getKey(), entry.getValue()))
        .toList();
  }

  static List<CelFunctionBinding> bindings() {
    return List.copyOf(ALL.bound);
  }

  static BigDecimal normal(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    var stripped = value.stripTrailingZeros();
    if (stripped.precision() > MAX_DIGITS || Math.abs(stripped.scale()) > MAX_DIGITS) {
      throw new ArithmeticException("a decimal has more than %d digits".formatted(MAX_DIGITS));
    }
    return stripped;
  }

  private void declare(String function, CelOverloadDecl overload) {
    declared.computeIfAbsent(function, _ -> new ArrayList<>()).add(overload);
  }

  private static CelOverloadDecl global(String id, CelType result, CelType... arguments) {
    return CelOverloadDecl.newGlobalOverload(id, result, ImmutableList.copyOf(arguments));
  }

  private void arithmetic(
      String operator, String name, BiFunction<BigDecimal, BigDecimal, BigDecimal> how) {
    binary(operator, name, TYPE, (a, b) -> normal(how.apply(a, b)));
  }

  private void comparison(String operator, String name, IntPredicate holds) {
    binary(operator, name, SimpleType.BOOL, (a, b) -> holds.test(a.compareTo(b)));
  }

  private void binary(
      String operator,
      String name,
      CelType result,
      BiFunction<BigDecimal, BigDecimal, Object> how) {
    declare(operator, global(name + "_decimal", result, TYPE, TYPE));
    declare(operator, global(name + "_decimal_int64", result, TYPE, SimpleType.INT));
    declare(operator, global(name + "_int64_decimal", result, SimpleType.INT, TYPE));
    bound.add(
        CelFunctionBinding.from(name + "_decimal", BigDecimal.class, BigDecimal.class, how::apply));
    bound.add(
        CelFunctionBinding.from(
            name + "_decimal_int64",
            BigDecimal.class,
            Long.class,
            (a, b) -> how.apply(a, BigDecimal.valueOf(b))));
    bound.add(
        CelFunctionBinding.from(
            name + "_int64_decimal",
            Long.class,
            BigDecimal.class,
            (a, b) -> how.apply(BigDecimal.valueOf(a), b)));
  }

  private void conversions() {
    declare("decimal", global("string_to_decimal", TYPE, SimpleType.STRING));
    declare("decimal", global("int64_to_decimal", TYPE, SimpleType.INT));
    declare("decimal", global("double_to_decimal", TYPE, SimpleType.DOUBLE));
    declare("string", global("decimal_to_string", SimpleType.STRING, TYPE));
    declare("double", global("decimal_to_double", SimpleType.DOUBLE, TYPE));
    declare("int", global("decimal_to_int64", SimpleType.INT, TYPE));
    declare("-_", global("negate_decimal", TYPE, TYPE));
    bound.add(CelFunctionBinding.from("string_to_decimal", String.class, Decimals::parse));
    bound.add(
        CelFunctionBinding.from(
            "int64_to_decimal", Long.class, n -> normal(BigDecimal.valueOf(n))));
    bound.add(
        CelFunctionBinding.from(
            "double_to_decimal", Double.class, n -> normal(BigDecimal.valueOf(n))));
    bound.add(
        CelFunctionBinding.from("decimal_to_string", BigDecimal.class, BigDecimal::toPlainString));
    bound.add(
        CelFunctionBinding.from("decimal_to_double", BigDecimal.class, BigDecimal::doubleValue));
    bound.add(CelFunctionBinding.from("decimal_to_int64", BigDecimal.class, Decimals::whole));
    bound.add(CelFunctionBinding.from("negate_decimal", BigDecimal.class, BigDecimal::negate));
  }

  static BigDecimal parse(String text) {
    if (text.length() > MAX_DIGITS + 2) {
      throw new ArithmeticException("a decimal has more than %d digits".formatted(MAX_DIGITS));
    }
    return normal(new BigDecimal(text));
  }

  private static Long whole(BigDecimal value) {
    return value.setScale(0, RoundingMode.DOWN).longValueExact();
  }

  private void rounding() {
    declare("round", global("round_decimal", TYPE, TYPE, SimpleType.INT));
    declare("divide", global("divide_decimal", TYPE, TYPE, TYPE, SimpleType.INT));
    declare("divide", global("divide_decimal_int64", TYPE, TYPE, SimpleType.INT, SimpleType.INT));
    bound.add(
        CelFunctionBinding.from(
            "round_decimal", BigDecimal.class, Long.class, (a, scale) -> round(a, scale)));
    bound.add(
        CelFunctionBinding.from(
            "divide_decimal",
            Arrays.<Class<?>>asList(BigDecimal.class, BigDecimal.class, Long.class),
            args -> divide((BigDecimal) args[0], (BigDecimal) args[1], (Long) args[2])));
    bound.add(
        CelFunctionBinding.from(
            "divide_decimal_int64",
            Arrays.<Class<?>>asList(BigDecimal.class, Long.class, Long.class),
            args ->
                divide((BigDecimal) args[0], BigDecimal.valueOf((Long) args[1]), (Long) args[2])));
  }

  private static int scale(long scale) {
    if (scale < 0 || scale > MAX_SCALE) {
      throw new ArithmeticException(
          "wanted 0 to %d digits after the point; found %d".formatted(MAX_SCALE, scale));
    }
    return (int) scale;
  }

  static BigDecimal round(BigDecimal value, long scale) {
    return normal(value.setScale(scale(scale), RoundingMode.HALF_EVEN));
  }

  static BigDecimal divide(BigDecimal one, BigDecimal other, long scale) {
    return normal(one.divide(other, scale(scale), RoundingMode.HALF_EVEN));
  }

  private void sums() {
    sum("list_decimal_sum", TYPE, list -> sum(list));
    sum(
        "list_int64_sum",
        SimpleType.INT,
        list -> {
          long sum = 0;
          for (Object one : list) {
            sum = Math.addExact(sum, (Long) one);
          }
          return sum;
        });
    sum(
        "list_double_sum",
        SimpleType.DOUBLE,
        list -> list.stream().mapToDouble(one -> (Double) one).sum());
  }

  private interface Summing {
    Object of(List<?> list);
  }

  private void sum(String id, CelType element, Summing how) {
    declare("sum", CelOverloadDecl.newMemberOverload(id, element, ListType.create(element)));
    bound.add(CelFunctionBinding.from(id, List.class, list -> how.of(list)));
  }

  private static BigDecimal sum(List<?> list) {
    var sum = BigDecimal.ZERO;
    for (Object one : list) {
      sum = sum.add((BigDecimal) one);
    }
    return normal(sum);
  }

  /** The value of a decimal of Avro. */
  static BigDecimal of(byte[] unscaled, int scale) {
    return normal(new BigDecimal(new BigInteger(unscaled), scale));
  }
}
