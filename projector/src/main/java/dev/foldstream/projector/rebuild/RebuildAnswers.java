package dev.foldstream.projector.rebuild;

import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildState;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What this host says of rebuilds. */
final class RebuildAnswers {

  private RebuildAnswers() {}

  /**
   * The last rebuild of a view: what is said first is said of the store that is furthest from done.
   */
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
      @Nullable ComparisonAnswer comparison,
      @Schema(description = "the same for each store") List<StoreRebuildAnswer> stores,
      @Schema(description = "stores that did not do it, or do not answer")
          List<NotDoneAnswer> notDone) {

    static RebuildAnswer of(
        String view, List<StoreRebuildAnswer> stores, List<NotDoneAnswer> notDone) {
      StoreRebuildAnswer first =
          stores.stream()
              .min(
                  Comparator.comparing(StoreRebuildAnswer::isDone)
                      .thenComparing(StoreRebuildAnswer::known))
              .orElseThrow();
      return new RebuildAnswer(
          view,
          first.store(),
          first.kind(),
          first.version(),
          first.state(),
          first.reason(),
          first.changed(),
          first.eventsDone(),
          first.eventsToDo(),
          first.eventsPerSecond(),
          first.secondsLeft(),
          first.startedAt(),
          first.endedAt(),
          first.comparison(),
          stores,
          notDone);
    }
  }

  /** A store that did not do what was asked. */
  @Serdeable
  record NotDoneAnswer(String store, String reason) {}

  /** The last rebuild of a view in one store. */
  @Serdeable
  record StoreRebuildAnswer(
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

    static StoreRebuildAnswer of(String store, Rebuild rebuild) {
      Rebuild.Progress progress = rebuild.progress();
      return new StoreRebuildAnswer(
          store,
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

    private boolean isDone() {
      return known() == RebuildState.DONE;
    }

    /** In this order what goes on comes before what ended. */
    private RebuildState known() {
      return RebuildState.valueOf(state.toUpperCase(Locale.ROOT));
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
