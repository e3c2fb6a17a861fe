package dev.foldstream.commandservice.shadow;

import dev.foldstream.eventstore.shadow.ShadowRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for a shadow run.
 *
 * @param range the last {@value #USUAL_LAST} commands when absent
 * @param limit of commands; the setting's when absent
 * @param examples of differences to keep
 */
public record ShadowRequest(
    Candidate candidate,
    @Nullable Range range,
    @Nullable Integer limit,
    @Nullable Integer examples) {

  static final int MAX_EXAMPLES = 100;
  static final int USUAL_EXAMPLES = 10;
  static final long USUAL_LAST = 10_000;

  /**
   * Either one of them.
   *
   * @param jar below the folder of the setting
   * @param name of a candidate that is deployed
   */
  public record Candidate(@Nullable String jar, @Nullable String name) {}

  /** The last so many commands, or those from a time on, up to another. */
  public record Range(@Nullable Long last, @Nullable Instant from, @Nullable Instant to) {}

  ShadowRange asRange(int maxCommands) {
    int most = limit == null ? maxCommands : limit;
    if (most < 1 || most > maxCommands) {
      throw ShadowProblems.invalid(
          "/limit",
          "wanted 1 to %d (foldstream.shadow.max-commands); found %d".formatted(maxCommands, most));
    }
    if (range == null) {
      return ShadowRange.last(USUAL_LAST, most);
    }
    return range.last() == null ? between(range, most) : last(range, range.last(), most);
  }

  private static ShadowRange last(Range range, long last, int most) {
    if (range.from() != null || range.to() != null) {
      throw ShadowProblems.invalid("/range", "wanted either last, or from and to; found both");
    }
    if (last < 1) {
      throw ShadowProblems.invalid("/range/last", "wanted a number from 1; found " + last);
    }
    return ShadowRange.last(last, most);
  }

  private static ShadowRange between(Range range, int most) {
    Instant from = range.from();
    if (from == null) {
      throw ShadowProblems.invalid("/range", "wanted either last, or from and to; found none");
    }
    Instant to = range.to();
    if (to != null && !to.isAfter(from)) {
      throw ShadowProblems.invalid(
          "/range/to", "wanted a time after %s; found %s".formatted(from, to));
    }
    return ShadowRange.between(from, to, most);
  }

  int maxExamples() {
    int most = examples == null ? USUAL_EXAMPLES : examples;
    if (most < 0 || most > MAX_EXAMPLES) {
      throw ShadowProblems.invalid(
          "/examples", "wanted 0 to %d; found %d".formatted(MAX_EXAMPLES, most));
    }
    return most;
  }
}
