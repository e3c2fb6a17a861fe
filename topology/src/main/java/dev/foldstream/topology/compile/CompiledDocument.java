package dev.foldstream.topology.compile;

import dev.foldstream.topology.build.Surroundings;
import dev.foldstream.topology.build.TopologyBuild;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.plan.Fingerprint;
import dev.foldstream.topology.plan.Plan;
import dev.foldstream.topology.plan.StepNode;
import dev.foldstream.topology.validation.CheckedTopology;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.Topology;

/** A document that passed all checks. */
record CompiledDocument(
    CheckedTopology checked, Plan plan, List<StepNode> steps, Fingerprint fingerprint)
    implements Compiled {

  @Override
  public String name() {
    return checked.document().name();
  }

  @Override
  public Optional<TopologyDocument> document() {
    return Optional.of(checked.document());
  }

  @Override
  public Topology build(Surroundings surroundings) {
    return TopologyBuild.of(checked, surroundings);
  }

  @Override
  public Topology topology() {
    return build(Surroundings.none());
  }
}
