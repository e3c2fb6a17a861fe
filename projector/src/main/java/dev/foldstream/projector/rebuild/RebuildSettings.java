package dev.foldstream.projector.rebuild;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How views are rebuilt.
 *
 * @param maxRebuilds how many go on at the same time, over all projectors
 * @param rebuildKeys rows a rebuild holds in memory, at most and those of one batch more
 * @param rebuildEvents events that are folded before they are written; a killed rebuild reads as
 *     many again
 * @param rebuildOnChange whether a view whose declaration was changed is rebuilt by itself, once
 *     for each start of a projector
 * @param whenToSwitch whether a version made by changed code becomes live by itself
 */
@Context
@ConfigurationProperties("foldstream.projections")
public record RebuildSettings(
    @Bindable(defaultValue = "1") int maxRebuilds,
    @Bindable(defaultValue = "200000") int rebuildKeys,
    @Bindable(defaultValue = "1000000") int rebuildEvents,
    @Bindable(defaultValue = "true") boolean rebuildOnChange,
    @Bindable(value = "switch", defaultValue = "auto") WhenToSwitch whenToSwitch) {

  private static final int MOST_REBUILDS = 16;
  private static final int MOST_KEYS = 10_000_000;
  private static final int MOST_EVENTS = 100_000_000;

  public RebuildSettings {
    String name = "foldstream.projections.";
    Check.between(name + "max-rebuilds", maxRebuilds, 1, MOST_REBUILDS);
    Check.between(name + "rebuild-keys", rebuildKeys, 1, MOST_KEYS);
    Check.between(name + "rebuild-events", rebuildEvents, 1, MOST_EVENTS);
  }

  /** Who switches. */
  public enum WhenToSwitch {
    /** The version becomes live by itself, unless it differs though the declaration is the same. */
    AUTO,
    /** An operator says when. */
    OPERATOR
  }
}
