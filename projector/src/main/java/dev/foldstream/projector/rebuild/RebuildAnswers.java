package dev.foldstream.projector.rebuild;

import dev.foldstream.projector.projection.ProjectionTarget;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What this host says of rebuilds. */
final class RebuildAnswers {

  private RebuildAnswers() {}

  /** The last rebuild of a view. */
  @Serdeable
  record RebuildAnswer(
      String view,
      String store,
      @Schema(description = "rebuild, verify or rollback") String kind,
      @Schema(description = "the version that is built or brought back") int version,
      @Schema(
              description =
                  "waiting, loading, indexing, comparing, ready, switching, done, failed or cancelled")
          String state,
      @Schema(description = "why it failed or waits, or null") @Nullable String reason,
      @Schema(description = "whether the declaration is another one than the live version's")
          boolean changed,
      @Schema(description = "events that are in the version") long eventsDone,
      @Schema(description = "events that are not") long eventsToDo,
      double eventsPerSecond,
      @Schema(description = "at this rate; null when it is not known") @Nullable Long secondsLeft,
      String startedAt,
      @Nullable String endedAt,
      @Nullable ComparisonAnswer comparison) {

    static RebuildAnswer of(ProjectionTarget target, Rebuild rebuild) {
      Rebuild.Progress progress = rebuild.progress();
      return new RebuildAnswer(
          target.address(),
          target.storeName(),
          name(rebuild.kind()),
          rebuild.version().number(),
          name(rebuild.state()),
          rebuild.reason(),
          rebuild.changed(),
          progress.done(),
          progress.total() - progress.done(),
          progress.perSecond(),
          progress.secondsLeft(),
          rebuild.startedAt().toString(),
          rebuild.endedAt() == null ? null : rebuild.endedAt().toString(),
          rebuild.comparison() == null ? null : ComparisonAnswer.of(rebuild.comparison()));
    }
  }

  /** Both versions after the same events. */
  @Serdeable
  record ComparisonAnswer(
      boolean same,
      @Schema(description = "the sequence of each partition that both versions had seen")
          List<ReachedAnswer> at,
      long liveRows,
      long builtRows,
      @Schema(description = "what was compared: columns that both have with the same type")
          List<String> columns,
      @Schema(description = "the first keys that differ, at most 100")
          List<DifferenceAnswer> differences,
      @Schema(description = "whether further keys may differ") boolean more) {

    static ComparisonAnswer of(Comparison found) {
      return new ComparisonAnswer(
          found.same(),
          found.at().stream()
              .map(at -> new ReachedAnswer(at.topic(), at.partition(), at.sequence()))
              .toList(),
          found.liveRows(),
          found.builtRows(),
          found.columns(),
          found.differences().stream()
              .map(difference -> new DifferenceAnswer(difference.key(), name(difference.what())))
              .toList(),
          found.more());
    }
  }

  /** Where one partition stood. */
  @Serdeable
  record ReachedAnswer(String topic, int partition, long sequence) {}

  /** One key whose rows are not the same. */
  @Serdeable
  record DifferenceAnswer(
      String key,
      @Schema(description = "missing in the built version, added by it, or changed") String what) {}

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
