package dev.foldstream.topology.plan;

import java.util.List;

/**
 * A source, step or sink as it is drawn.
 *
 * @param id its name in the document; counts and failures are told under it
 * @param kind {@code source}, {@code sink}, or the kind of a step
 * @param pointer where it stands in the document
 * @param inputs ids of nodes; a branch is {@code <step>.<branch>}
 * @param text what it does, in a few words
 * @param topic the topic it reads or writes; empty for a step
 * @param stores names of its stores
 * @param processors names of its nodes in Kafka Streams, as they stand in metrics
 */
public record StepNode(
    String id,
    String kind,
    String pointer,
    List<String> inputs,
    String text,
    String topic,
    List<String> stores,
    List<String> processors) {}
