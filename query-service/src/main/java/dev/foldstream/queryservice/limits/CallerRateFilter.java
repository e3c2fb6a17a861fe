package dev.foldstream.queryservice.limits;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.time.Duration;

/**
 * Refuses requests of a caller that asks too often. A caller is who the request says it is when
 * that was proven, and its address otherwise; behind a proxy that is the proxy's, so this is off
 * unless it is set.
 */
@ServerFilter({"/views/**", "/search/**", "/streams/**"})
final class CallerRateFilter {

  private final CostSettings settings;
  private final CallerRates rates;

  CallerRateFilter(CostSettings settings) {
    this.settings = settings;
    this.rates = new CallerRates(settings.requestsPerSecond(), settings.burst());
  }

  @RequestFilter
  void check(HttpRequest<?> request) {
    if (settings.requestsPerSecond() == 0) {
      return;
    }
    String caller =
        request
            .getUserPrincipal()
            .map(principal -> "principal " + principal.getName())
            .orElseGet(() -> request.getRemoteAddress().getAddress().getHostAddress());
    Duration wait = rates.take(caller, System.nanoTime());
    if (!wait.isZero()) {
      throw new ProblemException(
              ProblemType.TOO_MANY_REQUESTS,
              "A caller may ask %d times a second, and %d times at once; this one asked more often."
                  .formatted(settings.requestsPerSecond(), settings.burst()))
          .retryAfter(wait.plusMillis(999));
    }
  }
}
