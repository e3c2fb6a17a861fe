package dev.foldstream.topology.build;

import dev.foldstream.schemas.registry.SchemaRegistry;
import java.util.function.UnaryOperator;

/**
 * What a topology runs among.
 *
 * @param registry gives the schemas of what is read and the ids of what is written; the schemas of
 *     outputs have been registered in it
 * @param redrive whether each source also reads the topic of records that are given to it again,
 *     which then has to exist with as many partitions as the source
 * @param preview whether it runs in memory, on records that carry their place already
 * @param outputTopics where a version writes that runs beside the live one, by the topic that is
 *     named; schemas stay registered under the name
 */
public record Surroundings(
    Probe probe,
    SchemaRegistry registry,
    ViewRows views,
    Webhooks webhooks,
    boolean redrive,
    boolean preview,
    UnaryOperator<String> outputTopics) {

  /** Those of a topology that runs, and writes the topics it names. */
  public Surroundings(
      Probe probe, SchemaRegistry registry, ViewRows views, Webhooks webhooks, boolean redrive) {
    this(probe, registry, views, webhooks, redrive, false, topic -> topic);
  }

  /** The same, with other topics written in the place of those that are named. */
  public Surroundings writing(UnaryOperator<String> topics) {
    return new Surroundings(probe, registry, views, webhooks, redrive, preview, topics);
  }

  /** Of a topology that is only looked at. */
  public static Surroundings none() {
    return new Surroundings(
        new SilentProbe(),
        ScratchRegistry.alone(),
        (_, _) -> java.util.Optional.empty(),
        _ -> {},
        false);
  }
}
