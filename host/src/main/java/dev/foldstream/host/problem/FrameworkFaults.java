package dev.foldstream.host.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Header;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Says in our words what the framework's exceptions say in its own. */
final class FrameworkFaults {

  private FrameworkFaults() {}

  /** The problem behind this exception, or null when it says no more than its status. */
  static @Nullable ProblemException described(Throwable cause) {
    return switch (cause) {
      case ProblemException problem -> problem;
      case JsonSyntaxException json -> malformed(json);
      case ConversionErrorException conversion -> conversion(conversion);
      case UnsatisfiedRouteException missing -> missing(missing.getArgument());
      case ConstraintViolationException constraints -> constraints(constraints);
      default -> null;
    };
  }

  private static ProblemException malformed(JsonSyntaxException exception) {
    String where = "";
    if (exception.getCause() instanceof JsonProcessingException parse
        && parse.getLocation() != null) {
      where =
          " at line %d, column %d"
              .formatted(parse.getLocation().getLineNr(), parse.getLocation().getColumnNr());
    }
    return new ProblemException(
        ProblemType.MALFORMED_JSON, "The body must be JSON; it ceases to be JSON" + where);
  }

  private static ProblemException conversion(ConversionErrorException exception) {
    Argument<?> argument = exception.getArgument();
    Object found = exception.getConversionError().getOriginalValue().orElse(null);
    String wanted = argument.getType().getSimpleName();
    String detail =
        found == null || argument.isAnnotationPresent(Body.class)
            ? "'%s' is of type %s; what was sent is not".formatted(argument.getName(), wanted)
            : "'%s' is of type %s; found '%s'".formatted(argument.getName(), wanted, found);
    return new ProblemException(ProblemType.INVALID_REQUEST, detail).fault(fault(argument, detail));
  }

  private static ProblemException missing(Argument<?> argument) {
    String detail = "'%s' is required and was not sent".formatted(name(argument));
    return new ProblemException(ProblemType.INVALID_REQUEST, detail).fault(fault(argument, detail));
  }

  private static Fault fault(Argument<?> argument, String detail) {
    if (argument.isAnnotationPresent(Body.class)) {
      return Fault.pointer("", detail);
    }
    return argument.isAnnotationPresent(Header.class)
        ? Fault.header(name(argument), detail)
        : Fault.parameter(name(argument), detail);
  }

  private static String name(Argument<?> argument) {
    return argument.getAnnotationMetadata().stringValue(Header.class).orElseGet(argument::getName);
  }

  private static ProblemException constraints(ConstraintViolationException exception) {
    List<Fault> faults =
        exception.getConstraintViolations().stream().map(FrameworkFaults::violation).toList();
    String first = faults.isEmpty() ? "" : ": " + faults.getFirst().detail();
    return new ProblemException(ProblemType.INVALID_REQUEST, "The request is not valid" + first)
        .faults(faults);
  }

  /** The path of a violation begins with the method and its parameter. */
  private static Fault violation(ConstraintViolation<?> violation) {
    List<String> names =
        StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
            .map(FrameworkFaults::text)
            .toList();
    String detail = violation.getMessage() + "; found '" + violation.getInvalidValue() + "'";
    if (names.size() <= 2) {
      return Fault.parameter(names.isEmpty() ? "" : names.getLast(), detail);
    }
    return Fault.pointer("/" + String.join("/", names.subList(2, names.size())), detail);
  }

  private static String text(Path.Node node) {
    String name = String.valueOf(node.getName());
    return node.getIndex() == null ? name : node.getIndex() + "/" + name;
  }
}
