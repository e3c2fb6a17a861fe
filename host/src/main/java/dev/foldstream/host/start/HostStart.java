package dev.foldstream.host.start;

import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import io.micronaut.runtime.exceptions.ApplicationStartupException;
import org.jspecify.annotations.Nullable;

/** Starts a host; a refusal is told in one line and ends the process with status 1. */
public final class HostStart extends Micronaut {

  private static final int REFUSED = 1;

  public HostStart(Class<?> main, String... args) {
    mainClass(main);
    args(args);
    banner(false);
  }

  @Override
  protected void handleStartupException(Environment environment, Throwable exception) {
    var refusal = refusal(exception);
    if (refusal == null) {
      super.handleStartupException(environment, exception);
    } else if (environment.getActiveNames().contains(Environment.TEST)) {
      throw new ApplicationStartupException(String.valueOf(refusal.getMessage()), refusal);
    } else {
      System.err.println("This host does not start. " + refusal.getMessage());
      System.exit(REFUSED);
    }
  }

  private static @Nullable StartRefusedException refusal(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefusedException refusal) {
        return refusal;
      }
    }
    return null;
  }
}
