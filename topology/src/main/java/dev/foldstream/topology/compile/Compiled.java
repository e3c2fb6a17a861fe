package dev.foldstream.topology.compile;

import dev.foldstream.topology.build.Surroundings;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.plan.Fingerprint;
import dev.foldstream.topology.plan.Plan;
import dev.foldstream.topology.plan.StepNode;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.Topology;

/** A topology that passed all checks, from a document or from Java. */
public interface Compiled {

  String name();

  /** Empty when it was written in Java. */
  Optional<TopologyDocument> document();

  Plan plan();

  /** Sources, steps and sinks in the order of the document. */
  List<StepNode> steps();

  Fingerprint fingerprint();

  /** A new topology of Kafka Streams; each run needs its own. */
  Topology build(Surroundings surroundings);

  /** To look at: it cannot be run. */
  Topology topology();
}
