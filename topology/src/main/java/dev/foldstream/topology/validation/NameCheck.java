package dev.foldstream.topology.validation;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Sink;
import dev.foldstream.topology.document.Source;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.document.Words;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The second pass: every name stands for something, and nothing flows in a circle. */
final class NameCheck {

  private final TopologyDocument document;
  private final List<Fault> faults;
  private final Set<String> known = new LinkedHashSet<>();

  private NameCheck(TopologyDocument document, List<Fault> faults) {
    this.document = document;
    this.faults = faults;
    known.addAll(document.sources().keySet());
    document
        .steps()
        .forEach(
            (id, step) -> {
              if (step instanceof Step.Branch branch) {
                branch.branches().keySet().forEach(name -> known.add(id + "." + name));
                if (branch.otherwise() != null) {
                  known.add(id + "." + branch.otherwise());
                }
              } else {
                known.add(id);
              }
            });
  }

  /** The steps, each after those it reads; whatever is wrong is added to the faults. */
  static List<String> order(TopologyDocument document, List<Fault> faults) {
    var check = new NameCheck(document, faults);
    check.references();
    check.sinks();
    return check.ordered();
  }

  /** The step or source that a reference with a branch means. */
  static String node(String reference) {
    int dot = reference.indexOf('.');
    return dot < 0 ? reference : reference.substring(0, dot);
  }

  private void references() {
    document
        .steps()
        .forEach(
            (id, step) -> {
              List<String> inputs = step.inputs();
              for (int i = 0; i < inputs.size(); i++) {
                String pointer = inputPointer(id, step, i);
                reference(inputs.get(i), pointer);
                view(inputs.get(i), pointer, step instanceof Step.Enrich && i == 1);
              }
              if (step instanceof Step.Branch branch
                  && branch.otherwise() != null
                  && branch.branches().containsKey(branch.otherwise())) {
                faults.add(
                    Fault.at(
                        Pointers.of("steps", id, "otherwise"),
                        "%s is a branch with a condition already".formatted(branch.otherwise())));
              }
            });
    document
        .sinks()
        .forEach(
            (id, sink) -> {
              reference(sink.from(), Pointers.of("sinks", id, "from"));
              view(sink.from(), Pointers.of("sinks", id, "from"), false);
            });
  }

  private static String inputPointer(String id, Step step, int index) {
    if (step instanceof Step.Merge) {
      return Pointers.of("steps", id, "merge", Integer.toString(index));
    }
    return Pointers.of("steps", id, index == 0 ? "from" : step.kind());
  }

  private void reference(String name, String pointer) {
    if (known.contains(name)) {
      return;
    }
    if (document.steps().get(name) instanceof Step.Branch branch) {
      String one = branch.branches().keySet().iterator().next();
      faults.add(
          Fault.at(
              pointer,
              "%s has branches: wanted one of them".formatted(name),
              "write %s.%s".formatted(name, one)));
      return;
    }
    faults.add(
        Fault.at(
            pointer,
            document.sinks().containsKey(name)
                ? "%s is a sink, which gives nothing on".formatted(name)
                : "there is no source or step %s".formatted(name),
            Words.didYouMean(name, known)));
  }

  private void view(String name, String pointer, boolean allowed) {
    if (document.sources().get(name) instanceof Source.View && !allowed) {
      faults.add(
          Fault.at(
              pointer,
              "%s is a view, which is asked by key and does not flow".formatted(name),
              "use it with enrich"));
    }
  }

  private void sinks() {
    var written = new HashMap<String, String>();
    document
        .sinks()
        .forEach(
            (id, sink) -> {
              String target = target(document, sink);
              String pointer =
                  Pointers.of("sinks", id, sink instanceof Sink.Topic ? "topic" : "view");
              String other = written.putIfAbsent(target, id);
              if (other != null) {
                faults.add(
                    Fault.at(
                        pointer,
                        "%s is written by %s already".formatted(target, other),
                        "merge what flows in"));
              }
              if (sink instanceof Sink.Topic && TopicNames.reserved(target)) {
                faults.add(
                    Fault.at(
                        pointer,
                        "%s is a topic of the event store, which only it writes".formatted(target),
                        "choose a name of another form"));
              }
              if (readTopics().contains(target)) {
                faults.add(
                    Fault.at(
                        pointer,
                        "%s is read by this topology: it would flow in a circle"
                            .formatted(target)));
              }
            });
  }

  static String target(TopologyDocument document, Sink sink) {
    return switch (sink) {
      case Sink.Topic topic -> topic.topic();
      case Sink.View view -> TopicNames.viewRows(document.name(), view.view());
    };
  }

  private Set<String> readTopics() {
    var topics = new HashSet<String>();
    for (Source source : document.sources().values()) {
      if (source instanceof Source.Topic topic) {
        topics.add(topic.topic());
      }
    }
    return topics;
  }

  private List<String> ordered() {
    var ordered = new ArrayList<String>();
    var done = new HashSet<String>();
    for (String id : document.steps().keySet()) {
      visit(id, new ArrayDeque<>(), done, ordered);
    }
    return ordered;
  }

  private void visit(String id, Deque<String> way, Set<String> done, List<String> ordered) {
    Step step = document.steps().get(id);
    if (step == null || done.contains(id)) {
      return;
    }
    if (way.contains(id)) {
      circle(id, way, done);
      return;
    }
    way.addLast(id);
    step.inputs().forEach(input -> visit(node(input), way, done, ordered));
    way.removeLast();
    if (done.add(id)) {
      ordered.add(id);
    }
  }

  private void circle(String id, Deque<String> way, Set<String> done) {
    var circle = new ArrayList<>(way).subList(new ArrayList<>(way).indexOf(id), way.size());
    var shown = new ArrayList<>(circle);
    java.util.Collections.reverse(shown);
    shown.addFirst(id);
    faults.add(
        Fault.at(
            Pointers.of("steps", id),
            "it flows in a circle: " + String.join(" -> ", shown),
            "a step reads sources and steps before it"));
    done.addAll(circle);
  }

  static Map<String, List<String>> readers(TopologyDocument document) {
    var readers = new HashMap<String, List<String>>();
    document
        .steps()
        .forEach(
            (id, step) ->
                step.inputs()
                    .forEach(
                        in -> readers.computeIfAbsent(node(in), _ -> new ArrayList<>()).add(id)));
    document
        .sinks()
        .forEach(
            (id, sink) ->
                readers.computeIfAbsent(node(sink.from()), _ -> new ArrayList<>()).add(id));
    return readers;
  }
}
