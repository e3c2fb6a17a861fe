package dev.foldstream.commandservice.shadow;

import dev.foldstream.host.settings.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What shadow runs may take.
 *
 * @param jars the folder that candidates lie in; absent, none is loaded: a jar's code runs in this
 *     process
 * @param maxCommands of one run
 * @param atOnce runs at once
 * @param within how long a run may take
 */
@Context
@ConfigurationProperties("foldstream.shadow")
public record ShadowSettings(
    @Nullable String jars,
    @Bindable(defaultValue = "100000") int maxCommands,
    @Bindable(defaultValue = "1") int atOnce,
    @Bindable(defaultValue = "10m") Duration within) {

  private static final int MOST_COMMANDS = 10_000_000;
  private static final int MOST_AT_ONCE = 16;
  private static final long LONGEST_SECONDS = 86_400;

  public ShadowSettings {
    Check.between("foldstream.shadow.max-commands", maxCommands, 1, MOST_COMMANDS);
    Check.between("foldstream.shadow.at-once", atOnce, 1, MOST_AT_ONCE);
    Check.between("foldstream.shadow.within", within.toSeconds(), 1, LONGEST_SECONDS);
  }
}
