package dev.foldstream.topology.plan;

import dev.foldstream.topology.document.Durations;
import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Source;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.document.Window;
import dev.foldstream.topology.validation.CheckedTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sources, steps and sinks as they are drawn. */
public final class StepNodes {

  private StepNodes() {}

  public static List<StepNode> of(CheckedTopology checked, Owners owners) {
    var nodes = new ArrayList<StepNode>();
    checked
        .sources()
        .forEach(
            (id, source) ->
                nodes.add(
                    new StepNode(
                        id,
                        "source",
                        Pointers.of("sources", id),
                        List.of(),
                        text(source.source()),
                        source.topic().orElse(""),
                        owners.stores(id),
                        owners.processors(id))));
    checked
        .document()
        .steps()
        .forEach(
            (id, step) ->
                nodes.add(
                    new StepNode(
                        id,
                        step.kind(),
                        Pointers.of("steps", id),
                        step.inputs(),
                        text(step),
                        "",
                        owners.stores(id),
                        owners.processors(id))));
    checked
        .sinks()
        .forEach(
            (id, sink) ->
                nodes.add(
                    new StepNode(
                        id,
                        "sink",
                        Pointers.of("sinks", id),
                        List.of(sink.sink().from()),
                        "to " + sink.topic(),
                        sink.topic(),
                        List.of(),
                        owners.processors(id))));
    return List.copyOf(nodes);
  }

  private static String text(Source source) {
    return switch (source) {
      case Source.Events events -> form("events of " + events.aggregate(), events.form());
      case Source.Topic topic -> form(topic.topic(), topic.form());
      case Source.View view -> "view " + view.view();
    };
  }

  private static String form(String what, Source.Form form) {
    return form == Source.Form.TABLE ? what + ", the last of each key" : what;
  }

  private static String text(Step step) {
    return switch (step) {
      case Step.Filter filter -> filter.where();
      case Step.Mapping mapping -> String.join(", ", mapping.fields().fields().keySet());
      case Step.FlatMap flatMap -> "each " + flatMap.as() + " of " + flatMap.each();
      case Step.Rekey rekey -> "by " + rekey.key();
      case Step.Branch branch -> String.join(", ", branch.branches().keySet());
      case Step.Merge _ -> "all together";
      case Step.Aggregate aggregate -> text(aggregate);
      case Step.Join join ->
          join.how().name().toLowerCase(Locale.ROOT)
              + (join.on() == null ? "" : " on " + join.on())
              + (join.within() == null ? "" : " within " + Durations.text(join.within()));
      case Step.Deduplicate one -> one.id() + " within " + Durations.text(one.within());
      case Step.Enrich enrich -> "by " + enrich.key();
      case Step.Detect detect ->
          detect.method().name().toLowerCase(Locale.ROOT)
              + " of "
              + String.join(", ", detect.values());
      case Step.Alert alert -> "when " + alert.rule();
    };
  }

  private static String text(Step.Aggregate aggregate) {
    return String.join(", ", aggregate.fields().keySet())
        + (aggregate.by() == null ? "" : " by " + aggregate.by())
        + (aggregate.window() == null ? "" : " " + text(aggregate.window()));
  }

  private static String text(Window window) {
    return switch (window) {
      case Window.Tumbling(var size, _) -> "every " + Durations.text(size);
      case Window.Hopping(var size, var advance, _) ->
          "over %s every %s".formatted(Durations.text(size), Durations.text(advance));
      case Window.Sliding(var difference, _) -> "sliding over " + Durations.text(difference);
      case Window.Session(var gap, _) -> "until %s of silence".formatted(Durations.text(gap));
    };
  }
}
