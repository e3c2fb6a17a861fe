package dev.foldstream.topologyservice.topologies;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The registered topologies.
 *
 * @param items their names
 * @param next where the next page begins, or null when there is none
 */
@Serdeable
record TopologyList(List<String> items, @Nullable String next) {}
