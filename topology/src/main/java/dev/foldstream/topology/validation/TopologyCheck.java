package dev.foldstream.topology.validation;

import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.expressions.ExpressionCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The second and third pass: names and cycles, then types. The types of a step are not looked at
 * when something before it is wrong, so each fault is told once.
 */
public final class TopologyCheck {

  private final TopologyDocument document;
  private final Catalog catalog;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Flow> flows = new HashMap<>();

  private TopologyCheck(TopologyDocument document, Catalog catalog) {
    this.document = document;
    this.catalog = catalog;
  }

  public static Result<CheckedTopology> check(TopologyDocument document, Catalog catalog) {
    var check = new TopologyCheck(document, catalog);
    var order = NameCheck.order(document, check.faults);
    if (!check.faults.isEmpty()) {
      return check.faulty();
    }
    var checked = check.types(order);
    return check.faults.isEmpty() ? new Result.Good<>(checked) : check.faulty();
  }

  private <T> Result<T> faulty() {
    return new Result.Faulty<>(faults.stream().map(document::located).collect(Collectors.toList()));
  }

  private CheckedTopology types(List<String> order) {
    var expressions = new ExpressionCompiler(faults);
    var sources = new LinkedHashMap<String, CheckedSource>();
    var sourceCheck = new SourceCheck(catalog, faults);
    document
        .sources()
        .forEach(
            (id, source) ->
                sourceCheck
                    .check(id, source)
                    .ifPresent(
                        checked -> {
                          sources.put(id, checked);
                          flows.put(id, checked.flow());
                        }));
    var steps = steps(order, expressions);
    var sinks = new LinkedHashMap<String, CheckedSink>();
    var sinkCheck = new SinkCheck(document, catalog, expressions, faults);
    document
        .sinks()
        .forEach(
            (id, sink) -> {
              Flow flow = flows.get(NameCheck.node(sink.from()));
              if (flow != null) {
                sinkCheck.check(id, sink, flow).ifPresent(checked -> sinks.put(id, checked));
              }
            });
    return new CheckedTopology(document, sources, steps, sinks);
  }

  private Map<String, CheckedStep> steps(List<String> order, ExpressionCompiler expressions) {
    var steps = new LinkedHashMap<String, CheckedStep>();
    var records = new Records(document);
    for (String id : order) {
      var step = Objects.requireNonNull(document.steps().get(id));
      var inputs =
          step.inputs().stream()
              .map(input -> flows.get(NameCheck.node(input)))
              .filter(Objects::nonNull)
              .toList();
      if (inputs.size() == step.inputs().size()) {
        new StepCheck(expressions, records, faults, id, inputs)
            .check(step)
            .ifPresent(
                checked -> {
                  steps.put(id, checked);
                  flows.put(id, checked.output());
                });
      }
    }
    return steps;
  }

  /** Sources and steps that nothing reads. */
  public static List<String> unread(TopologyDocument document) {
    var readers = NameCheck.readers(document);
    var unread = new ArrayList<String>();
    document.sources().keySet().stream()
        .filter(id -> !readers.containsKey(id))
        .forEach(unread::add);
    document.steps().keySet().stream().filter(id -> !readers.containsKey(id)).forEach(unread::add);
    return unread;
  }
}
