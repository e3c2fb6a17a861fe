package dev.foldstream.topologyservice.quarantine;

import java.time.Instant;

/**
 * An event was given to its topology again. This is the stored form.
 *
 * @param redrives how often that was now
 */
public record Redriven(String id, int redrives, String by, Instant at) {}
