package dev.foldstream.topology.build;

import dev.foldstream.schemas.registry.SchemaRegistry;

/**
 * What a topology runs among.
 *
 * @param registry gives the schemas of what is read and the ids of what is written; the schemas of
 *     outputs have been registered in it
 * @param redrive whether each source also reads the topic of records that are given to it again,
 *     which then has to exist with as many partitions as the source
 */
public record Surroundings(
    Probe probe, SchemaRegistry registry, ViewRows views, Webhooks webhooks, boolean redrive) {}
