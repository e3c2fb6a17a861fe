package dev.foldstream.topology.compile;

import dev.foldstream.topology.build.Surroundings;
import dev.foldstream.topology.build.TopologyBuild;
import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.plan.FingerprintMaker;
import dev.foldstream.topology.plan.Owners;
import dev.foldstream.topology.plan.Plan;
import dev.foldstream.topology.plan.PlanMaker;
import dev.foldstream.topology.plan.StepNodes;
import dev.foldstream.topology.validation.CheckedTopology;
import dev.foldstream.topology.validation.TopologyCheck;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.kafka.streams.errors.TopologyException;

/** Checks names and cycles, types, and plan, and makes what can be run. Stateless. */
public final class TopologyCompiler {

  /** Kafka allows 249 characters; the application id and a dash come before internal ones. */
  private static final int MAX_TOPIC_NAME = 180;

  /** Of one topology; each is a unit of work that can move to another instance. */
  private static final int MAX_TASKS = 1_000;

  /** A topology that can be run, or everything that is wrong with the document. */
  public Result<Compiled> compile(TopologyDocument document, Catalog catalog) {
    return switch (TopologyCheck.check(document, catalog)) {
      case Result.Faulty<CheckedTopology>(var faults) -> new Result.Faulty<>(faults);
      case Result.Good<CheckedTopology>(var checked) -> plan(checked);
    };
  }

  private static Result<Compiled> plan(CheckedTopology checked) {
    try {
      var description = TopologyBuild.of(checked, Surroundings.none()).describe();
      var ids = new LinkedHashSet<String>();
      ids.addAll(checked.sources().keySet());
      ids.addAll(checked.steps().keySet());
      ids.addAll(checked.sinks().keySet());
      var owners = new Owners(ids, description);
      var plan = new PlanMaker(checked, owners).plan();
      var faults = faults(plan);
      return faults.isEmpty()
          ? new Result.Good<>(
              new CompiledDocument(
                  checked,
                  plan,
                  StepNodes.of(checked, owners),
                  new FingerprintMaker(checked, owners).fingerprint()))
          : new Result.Faulty<>(faults);
    } catch (TopologyException fault) {
      return new Result.Faulty<>(
          List.of(Fault.at("", "it cannot be run by Kafka Streams: " + fault.getMessage())));
    }
  }

  private static List<Fault> faults(Plan plan) {
    var faults = new ArrayList<Fault>();
    if (plan.tasks() > MAX_TASKS) {
      faults.add(
          Fault.at(
              "",
              "it would be %d tasks; wanted at most %d".formatted(plan.tasks(), MAX_TASKS),
              "fewer repartitions, or topics with fewer partitions"));
    }
    plan.topics().stream()
        .filter(topic -> topic.name().length() > MAX_TOPIC_NAME)
        .forEach(
            topic ->
                faults.add(
                    Fault.at(
                        "",
                        "the topic %s would have %d characters; wanted at most %d"
                            .formatted(topic.name(), topic.name().length(), MAX_TOPIC_NAME))));
    return faults;
  }
}
