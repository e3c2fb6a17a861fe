package dev.foldstream.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What travels with a command and with every event that follows from it, and is never part of the
 * data.
 *
 * @param commandId what a repeated command is recognised by
 * @param correlationId the same for everything that belongs together, across aggregates and
 *     processes
 * @param causationId the id of what led to this: for an event its command, for a command the event
 *     before it
 * @param principal who asked; {@link #ANONYMOUS} while security is off
 */
public record Metadata(
    String commandId, String correlationId, @Nullable String causationId, String principal) {

  public static final String ANONYMOUS = "anonymous";
}
