package dev.foldstream.topology.parts;

import dev.foldstream.topology.build.PartStreams;
import dev.foldstream.topology.build.Surroundings;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.plan.Fingerprint;
import dev.foldstream.topology.plan.FingerprintMaker;
import dev.foldstream.topology.plan.Owners;
import dev.foldstream.topology.plan.PartPlan;
import dev.foldstream.topology.plan.Plan;
import dev.foldstream.topology.plan.StepNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.streams.Topology;

/** A topology written in Java that could be built. */
record CompiledPart(
    TopologyPart part,
    Map<String, List<Schema>> schemas,
    Plan plan,
    List<StepNode> steps,
    Fingerprint fingerprint)
    implements Compiled {

  static CompiledPart of(
      TopologyPart part,
      PartStreams streams,
      Map<String, List<Schema>> schemas,
      Map<String, Integer> partitions) {
    var ids = new HashSet<>(streams.sources().keySet());
    ids.addAll(streams.sinks().keySet());
    var owners = new Owners(ids, streams.build().describe());
    var planned =
        new PartPlan(owners, streams.sources(), streams.sinks(), partitions, part.writes());
    return new CompiledPart(
        part, schemas, planned.plan(), planned.steps(), fingerprint(part, owners));
  }

  private static Fingerprint fingerprint(TopologyPart part, Owners owners) {
    var sources = new LinkedHashMap<String, String>();
    part.reads().forEach(topic -> sources.put(topic, "read"));
    var outputs = new LinkedHashMap<String, String>();
    part.writes()
        .forEach(
            (topic, records) ->
                outputs.put(topic, "java|" + Schema.createUnion(List.copyOf(records))));
    String whole = owners.layout() + part.revision() + outputs;
    return new Fingerprint(
        FingerprintMaker.hash(whole),
        Map.copyOf(sources),
        Map.of("revision", Integer.toString(part.revision())),
        FingerprintMaker.hash(owners.layout()),
        Map.copyOf(outputs));
  }

  @Override
  public String name() {
    return part.name();
  }

  @Override
  public Optional<TopologyDocument> document() {
    return Optional.empty();
  }

  @Override
  public Topology build(Surroundings surroundings) {
    var streams = new PartStreams(part.name(), surroundings, schemas);
    part.addTo(new PartBuilder(streams));
    return streams.build();
  }

  @Override
  public Topology topology() {
    return build(Surroundings.none());
  }
}
