package dev.foldstream.topology.build;

import org.jspecify.annotations.Nullable;

/**
 * A record that a step could not take. It is set aside for this topology, which goes on.
 *
 * @param record as it lies in the source topic
 * @param key of the record where it failed; null when it had none
 * @param step id of the source, step or sink
 * @param pointer to the expression in the document
 * @param expression null when none was evaluated
 * @param cause what happened, in words
 * @param redrives how often it was given to the topology again
 */
public record StepFailure(
    RecordPointer record,
    @Nullable String key,
    String step,
    String pointer,
    @Nullable String expression,
    String cause,
    int redrives) {}
