package dev.foldstream.topologyservice.answers;

import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.plan.StepNode;
import dev.foldstream.topologyservice.drawing.Drawing;
import dev.foldstream.topologyservice.drawing.DrawnNode;
import dev.foldstream.topologyservice.drawing.DrawnNode.Input;
import dev.foldstream.topologyservice.drawing.DrawnNode.Live;
import dev.foldstream.topologyservice.drawing.Shape;
import dev.foldstream.topologyservice.positions.Lag;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Run;
import dev.foldstream.topologyservice.running.StepTally;
import dev.foldstream.topologyservice.running.Tally;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Topologies as pictures. */
public final class Drawings {

  private Drawings() {}

  /** Without numbers. */
  public static Drawing of(Compiled compiled, String subtitle) {
    return drawing(compiled, subtitle, null, null);
  }

  /** With the numbers of what runs here. */
  public static Drawing of(Run run, Compiled compiled, LagBoard lags) {
    String subtitle =
        "version %d · %s%s"
            .formatted(
                run.version().version(),
                run.observed().state().name().toLowerCase(java.util.Locale.ROOT),
                run.beside() ? " beside the live version" : "");
    return drawing(compiled, subtitle, run.tally(), lags.of(run).orElse(null));
  }

  private static Drawing drawing(
      Compiled compiled, String subtitle, @Nullable Tally tally, @Nullable Lag lag) {
    Set<String> ids = compiled.steps().stream().map(StepNode::id).collect(Collectors.toSet());
    List<DrawnNode> nodes =
        compiled.steps().stream()
            .map(
                node ->
                    new DrawnNode(
                        node.id(),
                        node.kind(),
                        node.topic().isEmpty() ? node.text() : node.topic(),
                        shape(node),
                        node.inputs().stream().map(input -> input(input, ids)).toList(),
                        tally == null ? null : live(node, tally.tally(node.id()), lag)))
            .toList();
    return new Drawing(compiled.name(), subtitle, nodes);
  }

  private static Shape shape(StepNode node) {
    return switch (node.kind()) {
      case "source" -> Shape.SOURCE;
      case "sink" -> Shape.SINK;
      default -> node.stores().isEmpty() ? Shape.STEP : Shape.STATE;
    };
  }

  /** A branch is {@code <step>.<branch>}. */
  private static Input input(String input, Set<String> ids) {
    int dot = input.lastIndexOf('.');
    return ids.contains(input) || dot < 0
        ? new Input(input, "")
        : new Input(input.substring(0, dot), input.substring(dot + 1));
  }

  private static Live live(StepNode node, StepTally tally, @Nullable Lag lag) {
    Long behind =
        lag == null || !node.kind().equals("source") ? null : lag.byTopic().get(node.topic());
    double rate = node.kind().equals("sink") ? tally.inRate() : tally.outRate();
    return new Live(rate, tally.dropped(), tally.failed(), behind);
  }
}
