package dev.foldstream.topology.plan;

import java.util.Map;

/**
 * What decides how a change is classed.
 *
 * @param whole of everything that is run
 * @param sources by topic read
 * @param states by store: of all that leads to its contents
 * @param layout of sub-topologies, repartitions and stores
 * @param outputs by topic or view written: {@code key|schema}, the schema as JSON
 */
public record Fingerprint(
    String whole,
    Map<String, String> sources,
    Map<String, String> states,
    String layout,
    Map<String, String> outputs) {}
