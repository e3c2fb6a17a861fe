package dev.foldstream.topology.validation;

import dev.foldstream.topology.document.TopologyDocument;
import java.util.Map;

/**
 * A document of which names and types are right.
 *
 * @param steps each after those it reads
 */
public record CheckedTopology(
    TopologyDocument document,
    Map<String, CheckedSource> sources,
    Map<String, CheckedStep> steps,
    Map<String, CheckedSink> sinks) {}
