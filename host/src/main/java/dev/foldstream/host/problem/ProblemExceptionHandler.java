package dev.foldstream.host.problem;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers with the problem a request was ended by. */
@Singleton
@Produces(Problem.MEDIA_TYPE)
public final class ProblemExceptionHandler
    implements ExceptionHandler<ProblemException, HttpResponse<?>> {

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, ProblemException exception) {
    return answer(request, exception);
  }

  /**
   * The answer that carries this problem, with its headers; without a body when none was asked for.
   */
  public static HttpResponse<?> answer(HttpRequest<?> request, ProblemException exception) {
    MutableHttpResponse<Object> response = HttpResponse.status(exception.type().status(), "");
    exception.headers().forEach(response::header);
    if (request.getMethod() == HttpMethod.HEAD) {
      return response;
    }
    return response
        .body((Object) exception.problem(request.getPath()))
        .contentType(MediaType.of(Problem.MEDIA_TYPE));
  }
}
