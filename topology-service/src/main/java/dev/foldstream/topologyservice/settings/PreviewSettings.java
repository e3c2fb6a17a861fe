package dev.foldstream.topologyservice.settings;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How much a preview may take.
 *
 * @param records read at most
 * @param within how long reading, and running, each may take
 * @param atOnce previews at once in one process
 */
@Context
@ConfigurationProperties("foldstream.topologies.preview")
public record PreviewSettings(
    @Bindable(defaultValue = "10000") int records,
    @Bindable(defaultValue = "10s") Duration within,
    @Bindable(defaultValue = "2") int atOnce) {

  private static final String NAME = "foldstream.topologies.preview.";
  private static final int MOST_RECORDS = 1_000_000;
  private static final int MOST_SECONDS = 300;
  private static final int MOST_AT_ONCE = 16;

  public PreviewSettings {
    Check.between(NAME + "records", records, 1, MOST_RECORDS);
    Check.between(NAME + "within", within.toSeconds(), 1, MOST_SECONDS);
    Check.between(NAME + "at-once", atOnce, 1, MOST_AT_ONCE);
  }
}
