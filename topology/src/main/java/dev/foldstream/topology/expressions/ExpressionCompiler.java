package dev.foldstream.topology.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.expressions.OutputSchemas.Unwritable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Checks expressions and makes them ready. Faults are collected; one compiler serves one document
 * and one thread.
 */
public final class ExpressionCompiler {

  /** Steps of all loops of one evaluation. */
  static final int MAX_ITERATIONS = 10_000;

  /** Instructions of a regular expression; they take time in proportion to the text, never more. */
  static final int MAX_REGEX_INSTRUCTIONS = 1_000;

  private static final int MAX_DEPTH = 100;
  private static final int MAX_NODES = 2_000;
  private static final int MAX_CHARACTERS = 4_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxRegexProgramSize(MAX_REGEX_INSTRUCTIONS)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxParseExpressionNodeCount(MAX_NODES)
          .maxExpressionCodePointSize(MAX_CHARACTERS)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.optional(), CelExtensions.strings())
          .addFunctionBindings(Decimals.bindings())
          .build();

  private record Environment(CelCompiler compiler, AvroTypes types) {}

  private final List<Fault> faults;
  private final Map<Scope, Environment> environments = new HashMap<>();

  /**
   * A compiler for one document.
   *
   * @param faults where faults are added
   */
  public ExpressionCompiler(List<Fault> faults) {
    this.faults = faults;
  }

  /** The expression, or empty when a fault was added. */
  public Optional<Expression> compile(String text, Scope scope, Wanted wanted, String pointer) {
    var environment = environments.computeIfAbsent(scope, ExpressionCompiler::environment);
    CelValidationResult checked = environment.compiler().compile(text);
    if (checked.hasError()) {
      for (CelIssue issue : checked.getErrors()) {
        faults.add(IssueWords.fault(issue, text, pointer, scope, environment.types()));
      }
      return Optional.empty();
    }
    try {
      return finish(text, checked.getAst(), environment, scope, wanted, pointer);
    } catch (dev.cel.common.CelValidationException | CelEvaluationException fault) {
      faults.add(Fault.at(pointer, String.valueOf(fault.getMessage())));
      return Optional.empty();
    }
  }

  private Optional<Expression> finish(
      String text,
      CelAbstractSyntaxTree tree,
      Environment environment,
      Scope scope,
      Wanted wanted,
      String pointer)
      throws CelEvaluationException {
    CelType type = tree.getResultType();
    var literals = new LiteralCheck(tree, pointer).faults();
    if (!literals.isEmpty()) {
      faults.addAll(literals);
      return Optional.empty();
    }
    if (!fits(wanted, type)) {
      faults.add(
          Fault.in(
              pointer,
              1,
              "wanted %s; found %s".formatted(wanted.words(), type.name()),
              IssueWords.hint(wanted, type)));
      return Optional.empty();
    }
    var path = Path.of(tree.getExpr(), scope.variables());
    try {
      Schema schema =
          path != null
              ? path.schema()
              : new OutputSchemas(tree, scope.variables(), environment.types())
                  .of(needed(wanted, type));
      return Optional.of(
          new Expression(
              text,
              pointer,
              type,
              schema,
              RUNTIME.createProgram(tree),
              path,
              Shortcut.of(tree.getExpr(), scope.variables())));
    } catch (Unwritable unwritable) {
      faults.add(Fault.in(pointer, 1, unwritable.words(), unwritable.hint()));
      return Optional.empty();
    }
  }

  /** A number is only looked at: how many digits it has does not matter. */
  private static CelType needed(Wanted wanted, CelType type) {
    return wanted == Wanted.MEASURE && type.equals(Decimals.TYPE) ? SimpleType.DOUBLE : type;
  }

  private static boolean fits(Wanted wanted, CelType type) {
    return switch (wanted) {
      case CONDITION -> type.equals(SimpleType.BOOL);
      case TEXT -> type.equals(SimpleType.STRING);
      case NUMBER, MEASURE -> number(type);
      case COMPARABLE ->
          number(type) || type.equals(SimpleType.STRING) || type.equals(SimpleType.TIMESTAMP);
      case LIST -> type instanceof ListType;
      case ANY -> true;
    };
  }

  private static boolean number(CelType type) {
    return type.equals(SimpleType.INT)
        || type.equals(SimpleType.DOUBLE)
        || type.equals(Decimals.TYPE);
  }

  private static List<Schema> present(List<Schema> schemas) {
    return schemas.stream().filter(schema -> schema.getType() != Schema.Type.NULL).toList();
  }

  private static Environment environment(Scope scope) {
    var types = new AvroTypes();
    var variables = new HashMap<String, CelType>();
    scope
        .variables()
        .forEach(
            (name, schemas) ->
                variables.put(
                    name,
                    schemas.getLast().getType() == Schema.Type.RECORD
                        ? types.oneOf(present(schemas))
                        : types.of(schemas.getLast())));
    if (scope.cloudEvents()) {
      variables.put(Scope.CE, types.struct(CloudEvent.TYPE_NAME, CloudEvent.fields()));
    }
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.optional(), CelExtensions.strings())
            .addFunctionDeclarations(Decimals.declarations())
            .setTypeProvider(types);
    variables.forEach(builder::addVar);
    return new Environment(builder.build(), types);
  }

  /** The type of the elements of a list. */
  public static Schema elementOf(Schema list) {
    return AvroValues.withoutNull(list).getElementType();
  }
}
