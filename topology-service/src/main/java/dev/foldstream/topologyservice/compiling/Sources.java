package dev.foldstream.topologyservice.compiling;

import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.document.Source;
import dev.foldstream.topology.plan.Plan.PlannedTopic;
import dev.foldstream.topology.plan.StepNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The topics that a topology reads. */
public final class Sources {

  private Sources() {}

  /** All of them, in order of name. */
  public static List<String> topics(Compiled compiled) {
    return compiled.steps().stream()
        .filter(Sources::reads)
        .map(StepNode::topic)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean reads(StepNode node) {
    return node.kind().equals("source") && !node.topic().isEmpty();
  }

  /** Those of things that happened: tables are always read from their beginning. */
  public static List<String> streams(Compiled compiled) {
    Set<String> tables =
        compiled.document().stream()
            .flatMap(document -> document.sources().entrySet().stream())
            .filter(source -> table(source.getValue()))
            .map(source -> source.getKey())
            .collect(Collectors.toSet());
    return compiled.steps().stream()
        .filter(node -> reads(node) && !tables.contains(node.id()))
        .map(StepNode::topic)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean table(Source source) {
    return switch (source) {
      case Source.Events events -> events.form() == Source.Form.TABLE;
      case Source.Topic topic -> topic.form() == Source.Form.TABLE;
      case Source.View _ -> true;
    };
  }

  /** The topics that a topology writes for others to read. */
  public static List<String> outputs(Compiled compiled) {
    return compiled.plan().outputs().stream().map(PlannedTopic::name).sorted().toList();
  }
}
