package dev.foldstream.projector.projections;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How many may watch.
 *
 * @param maxStreams streams of changes that are open at the same time
 */
@Context
@ConfigurationProperties("foldstream.projections.changes")
record ChangesSettings(@Bindable(defaultValue = "64") int maxStreams) {

  private static final int MOST_STREAMS = 10_000;

  ChangesSettings {
    Check.between("foldstream.projections.changes.max-streams", maxStreams, 1, MOST_STREAMS);
  }
}
