package dev.foldstream.topologyservice.outside;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How rows of views are looked up.
 *
 * @param rows that are kept, of all views together
 * @param keep how long one is kept: so much older than the view it may be
 */
@Context
@ConfigurationProperties("foldstream.topologies.enrich")
record EnrichSettings(
    @Bindable(defaultValue = "10000") int rows, @Bindable(defaultValue = "1s") Duration keep) {

  private static final int MOST_ROWS = 1_000_000;
  private static final Duration LONGEST = Duration.ofHours(1);

  EnrichSettings {
    Check.between("foldstream.topologies.enrich.rows", rows, 0, MOST_ROWS);
    Check.between(
        "foldstream.topologies.enrich.keep in ms", keep.toMillis(), 0, LONGEST.toMillis());
  }
}
