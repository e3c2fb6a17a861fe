package dev.foldstream.queryservice.limits;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What queries may cost.
 *
 * @param statementTimeout how long a store works on one statement
 * @param maxAnswerSize bytes of an answer
 * @param maxAge how long callers may keep an answer without asking again
 * @param requestsPerSecond of one caller over a longer time; 0 sets no limit
 * @param burst requests of one caller at once
 */
@Context
@ConfigurationProperties("foldstream.queries")
public record CostSettings(
    @Bindable(defaultValue = "5s") Duration statementTimeout,
    @Bindable(defaultValue = "16777216") int maxAnswerSize,
    @Bindable(defaultValue = "0s") Duration maxAge,
    @Bindable(defaultValue = "0") int requestsPerSecond,
    @Bindable(defaultValue = "100") int burst) {

  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(1);
  private static final Duration LONGEST_AGE = Duration.ofDays(1);
  private static final int LEAST_ANSWER = 1_024;
  private static final int MOST_ANSWER = 256 * 1024 * 1024;
  private static final int MOST_REQUESTS = 1_000_000;

  public CostSettings {
    String name = "foldstream.queries.";
    Check.between(
        name + "statement-timeout in ms",
        statementTimeout.toMillis(),
        1,
        LONGEST_STATEMENT.toMillis());
    Check.between(name + "max-answer-size", maxAnswerSize, LEAST_ANSWER, MOST_ANSWER);
    Check.between(name + "max-age in s", maxAge.toSeconds(), 0, LONGEST_AGE.toSeconds());
    Check.between(name + "requests-per-second", requestsPerSecond, 0, MOST_REQUESTS);
    Check.between(name + "burst", burst, 1, MOST_REQUESTS);
  }
}
