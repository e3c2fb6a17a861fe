package dev.foldstream.queryservice.stores;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemExceptionHandler;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that does not answer is a problem of its own, and no bug. The log names the cause at most
 * once in {@link #LOG_PAUSE}; the caller does not learn addresses.
 */
@Singleton
@Produces(Problem.MEDIA_TYPE)
final class StoreUnavailableHandler
    implements ExceptionHandler<ViewStoreUnavailableException, HttpResponse<?>> {

  private static final Logger LOG = LoggerFactory.getLogger(StoreUnavailableHandler.class);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final Duration LOG_PAUSE = Duration.ofSeconds(10);

  private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_PAUSE.toNanos());

  @Override
  @SuppressWarnings("rawtypes")
  public HttpResponse<?> handle(HttpRequest request, ViewStoreUnavailableException exception) {
    long now = System.nanoTime();
    long before = loggedAt.get();
    if (now - before >= LOG_PAUSE.toNanos() && loggedAt.compareAndSet(before, now)) {
      LOG.warn("A view store does not answer: {}", exception.getMessage());
    }
    return ProblemExceptionHandler.answer(
        request,
        new ProblemException(
                ProblemType.VIEW_STORE_UNAVAILABLE,
                "The store that keeps this view does not answer. Nothing is lost; ask again.")
            .retryAfter(TRY_AGAIN));
  }
}
