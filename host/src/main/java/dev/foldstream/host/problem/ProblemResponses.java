package dev.foldstream.host.problem;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every error the framework notices into a problem, whatever the caller accepts.
 *
 * <p>Of an error that is ours (status 500 and above) the caller learns an id; the same id is in the
 * log with the exception.
 */
@Singleton
final class ProblemResponses implements ErrorResponseProcessor<Problem> {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    Problem problem = problem(context, response.code());
    @SuppressWarnings("unchecked")
    var answer = (MutableHttpResponse<Problem>) response.status(problem.status(), problem.title());
    if (context.getRequest().getMethod() == HttpMethod.HEAD) {
      return answer;
    }
    return answer.body(problem).contentType(MediaType.of(Problem.MEDIA_TYPE));
  }

  private static Problem problem(ErrorContext context, int status) {
    HttpRequest<?> request = context.getRequest();
    Throwable cause = context.getRootCause().orElse(null);
    if (status >= 500) {
      return internalError(request, cause);
    }
    var described = cause == null ? null : FrameworkFaults.described(cause);
    if (described != null) {
      return described.problem(request.getPath());
    }
    ProblemType type = typeOf(status);
    return new Problem(
        status == type.status() ? type.uri() : "about:blank",
        type.title(),
        status,
        detail(context, type),
        request.getPath(),
        List.of(),
        Map.of());
  }

  private static String detail(ErrorContext context, ProblemType type) {
    HttpRequest<?> request = context.getRequest();
    if (type == ProblemType.NOT_FOUND) {
      return "There is nothing at %s %s; /swagger-ui shows what there is."
          .formatted(request.getMethodName(), request.getPath());
    }
    List<Error> errors = context.getErrors();
    return errors.isEmpty() ? type.title() : errors.getFirst().getMessage();
  }

  private static Problem internalError(HttpRequest<?> request, @Nullable Throwable cause) {
    String errorId = UUID.randomUUID().toString();
    LOG.error("Error {} in {} {}", errorId, request.getMethodName(), request.getPath(), cause);
    return new ProblemException(
            ProblemType.INTERNAL_ERROR,
            "This is a fault of the server and not of the request. Its log says more under the id "
                + errorId)
        .member("errorId", errorId)
        .problem(request.getPath());
  }

  private static ProblemType typeOf(int status) {
    return switch (status) {
      case 404 -> ProblemType.NOT_FOUND;
      case 405 -> ProblemType.METHOD_NOT_ALLOWED;
      case 406 -> ProblemType.NOT_ACCEPTABLE;
      case 413 -> ProblemType.BODY_TOO_LARGE;
      case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
      default -> ProblemType.INVALID_REQUEST;
    };
  }
}
