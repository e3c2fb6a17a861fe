package dev.foldstream.eventstore.decision;

/**
 * Which state an application decides on.
 *
 * @param stateVersion said by hand, for what the state means
 * @param fingerprint of the state's shape
 * @param applicationId changes with either, and the store with it
 */
public record DeciderIdentity(
    String domain, String aggregate, int stateVersion, String fingerprint, String applicationId) {}
