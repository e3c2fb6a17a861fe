package dev.foldstream.topology.validation;

import dev.foldstream.topology.document.Calculation;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.document.Window;
import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.ExpressionCompiler;
import dev.foldstream.topology.expressions.Scope;
import dev.foldstream.topology.expressions.Wanted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The types of one step: its expressions, and what flows out of it. */
final class StepCheck {

  private final ExpressionCompiler expressions;
  private final Records records;
  private final List<Fault> faults;
  private final String id;
  private final List<Flow> inputs;
  private final Map<String, Expression> roles = new LinkedHashMap<>();
  private final Map<String, Expression> fields = new LinkedHashMap<>();
  private final int faultsBefore;

  StepCheck(
      ExpressionCompiler expressions,
      Records records,
      List<Fault> faults,
      String id,
      List<Flow> inputs) {
    this.expressions = expressions;
    this.records = records;
    this.faults = faults;
    this.id = id;
    this.inputs = inputs;
    this.faultsBefore = faults.size();
  }

  Optional<CheckedStep> check(Step step) {
    Flow out =
        switch (step) {
          case Step.Filter filter -> filter(filter);
          case Step.Mapping mapping -> mapping(mapping);
          case Step.FlatMap flatMap -> flatMap(flatMap);
          case Step.Rekey rekey -> rekey(rekey);
          case Step.Branch branch -> branch(branch);
          case Step.Merge _ -> merge();
          case Step.Aggregate aggregate -> aggregate(aggregate);
          case Step.Join join -> join(join);
          case Step.Deduplicate deduplicate -> deduplicate(deduplicate);
          case Step.Enrich enrich -> enrich(enrich);
          case Step.Detect detect -> detect(detect);
          case Step.Alert alert -> alert(alert);
        };
    return out == null || faults.size() > faultsBefore
        ? Optional.empty()
        : Optional.of(new CheckedStep(id, step, inputs, roles, fields, out));
  }

  private Flow input() {
    return inputs.getFirst();
  }

  private Scope scope() {
    return Scope.event(input().records(), input().single());
  }

  private String pointer(String... names) {
    return Pointers.of("steps", id) + Pointers.of(names);
  }

  private void role(String role, String text, Scope scope, Wanted wanted, String pointer) {
    expressions
        .compile(text, scope, wanted, pointer)
        .ifPresent(expression -> roles.put(role, expression));
  }

  private void field(String name, String text, Scope scope, Wanted wanted, String pointer) {
    expressions
        .compile(text, scope, wanted, pointer)
        .ifPresent(expression -> fields.put(name, expression));
  }

  private Flow filter(Step.Filter filter) {
    role(CheckedStep.WHERE, filter.where(), scope(), Wanted.CONDITION, pointer("filter"));
    return input();
  }

  private @Nullable Flow mapping(Step.Mapping mapping) {
    return made(mapping.fields(), scope(), "map", input());
  }

  /** The flow of a record that is made of fields. */
  private @Nullable Flow made(Step.Fields made, Scope scope, String word, Flow of) {
    made.fields()
        .forEach((name, text) -> field(name, text, scope, Wanted.ANY, pointer(word, name)));
    if (made.keepAll() && input().records().size() > 1) {
      faults.add(
          Fault.at(
              pointer("keep"),
              "several kinds of records flow in: which fields are kept cannot be told",
              "write keep: none and the fields that are wanted"));
      return null;
    }
    if (faults.size() > faultsBefore) {
      return null;
    }
    var all = new LinkedHashMap<String, Schema>();
    if (made.keepAll()) {
      all.putAll(Records.fields(input().records().getFirst()));
    }
    fields.forEach((name, expression) -> all.put(name, expression.schema()));
    return of.of(records.record(id, made.type(), all));
  }

  private @Nullable Flow flatMap(Step.FlatMap flatMap) {
    role(CheckedStep.EACH, flatMap.each(), scope(), Wanted.LIST, pointer("flatMap"));
    Expression each = roles.get(CheckedStep.EACH);
    if (each == null) {
      return null;
    }
    if (scope().variables().containsKey(flatMap.as()) || flatMap.as().equals(Scope.CE)) {
      faults.add(Fault.at(pointer("as"), flatMap.as() + " means something else already"));
      return null;
    }
    var inner = scope().with(flatMap.as(), List.of(ExpressionCompiler.elementOf(each.schema())));
    return made(flatMap.fields(), inner, "fields", input().asStream());
  }

  private Flow rekey(Step.Rekey rekey) {
    role(CheckedStep.KEY, rekey.key(), scope(), Wanted.TEXT, pointer("rekey"));
    return input().rekeyed(rekey.key());
  }

  private Flow branch(Step.Branch branch) {
    branch
        .branches()
        .forEach(
            (name, text) -> field(name, text, scope(), Wanted.CONDITION, pointer("branch", name)));
    return input().asStream();
  }

  private Flow merge() {
    var all = inputs.stream().flatMap(flow -> flow.records().stream()).distinct().toList();
    boolean single = inputs.stream().allMatch(Flow::single);
    boolean same =
        inputs.stream().map(flow -> flow.partitions() + flow.keyedBy()).distinct().count() == 1;
    int partitions = inputs.stream().mapToInt(Flow::partitions).max().orElseThrow();
    boolean moved =
        inputs.stream().anyMatch(Flow::moved)
            || inputs.stream().mapToInt(Flow::partitions).distinct().count() > 1;
    var names = all.stream().map(Schema::getFullName).distinct().count();
    if (names < all.size()) {
      faults.add(
          Fault.at(
              pointer("merge"),
              "two inputs have records of one name with different fields",
              "give one of them another type"));
    }
    return new Flow(
        all,
        false,
        inputs.stream().anyMatch(Flow::windowed),
        single,
        partitions,
        moved,
        same ? input().keyedBy() : "keys of " + inputs.stream().map(Flow::keyedBy).toList());
  }

  private @Nullable Flow aggregate(Step.Aggregate aggregate) {
    String by = aggregate.by();
    if (by != null) {
      role(CheckedStep.KEY, by, scope(), Wanted.TEXT, pointer("by"));
    }
    windowFaults(aggregate);
    var made = new LinkedHashMap<String, Schema>();
    made.put("key", Records.text());
    if (aggregate.window() != null) {
      made.put("windowStart", Records.time());
      made.put("windowEnd", Records.time());
    }
    aggregate
        .fields()
        .forEach(
            (name, calculation) -> {
              if (made.containsKey(name)) {
                faults.add(
                    Fault.at(
                        pointer("aggregate", name), name + " is made for every aggregate already"));
              }
              made.put(name, calculated(name, calculation));
            });
    if (faults.size() > faultsBefore) {
      return null;
    }
    Flow grouped = by == null ? input() : input().rekeyed(by);
    boolean table = aggregate.window() == null;
    return new Flow(
        List.of(records.record(id, aggregate.type(), made)),
        table,
        !table,
        false,
        grouped.partitions(),
        false,
        grouped.keyedBy());
  }

  private Schema calculated(String name, Calculation calculation) {
    String of = calculation.of();
    if (of == null) {
      return Schema.create(Schema.Type.LONG);
    }
    String pointer = pointer("aggregate", name, calculation.kind().word());
    field(name, of, scope(), CalculationCheck.wanted(calculation.kind()), pointer);
    Expression expression = fields.get(name);
    return expression == null
        ? Schema.create(Schema.Type.LONG)
        : CalculationCheck.result(calculation, expression.schema());
  }

  private void windowFaults(Step.Aggregate aggregate) {
    Window window = aggregate.window();
    if (window == null && aggregate.emit() == Step.Emit.CLOSE) {
      faults.add(
          Fault.at(
              pointer("emit"),
              "without a window nothing is ever closed",
              "give it a window, or write emit: update"));
    }
    if (window instanceof Window.Hopping hopping
        && hopping.advance().compareTo(hopping.size()) > 0) {
      faults.add(
          Fault.at(
              pointer("window", "every"),
              "windows would leave records out: every is longer than hopping"));
    }
  }

  private @Nullable Flow join(Step.Join join) {
    Flow left = inputs.get(0);
    Flow right = inputs.get(1);
    JoinCheck.faults(join, left, right, pointer(), faults);
    if (faults.size() > faultsBefore) {
      return null;
    }
    String on = join.on();
    if (on != null) {
      var leftOnly =
          Scope.event(left.records(), false).without(Scope.EVENT).with(Scope.LEFT, left.records());
      role(CheckedStep.KEY, on, leftOnly, Wanted.TEXT, pointer("on"));
    }
    boolean streamTable = !left.table() && right.table();
    var both = Scope.event(left.records(), streamTable && left.single()).without(Scope.EVENT);
    both =
        join.how() == Step.JoinKind.OUTER
            ? both.withOptional(Scope.LEFT, left.records())
            : both.with(Scope.LEFT, left.records());
    both =
        join.how() == Step.JoinKind.INNER
            ? both.with(Scope.RIGHT, right.records())
            : both.withOptional(Scope.RIGHT, right.records());
    Flow out = JoinCheck.joined(left, right, streamTable);
    return made(join.fields(), both, "fields", out);
  }

  private Flow deduplicate(Step.Deduplicate deduplicate) {
    role(CheckedStep.ID, deduplicate.id(), scope(), Wanted.TEXT, pointer("deduplicate"));
    return together(input().asStream());
  }

  private static Flow together(Flow flow) {
    return flow.moved() ? flow.together(flow.partitions()) : flow;
  }

  private @Nullable Flow enrich(Step.Enrich enrich) {
    Flow found = inputs.get(1);
    if (!found.table()) {
      faults.add(
          Fault.at(
              pointer("enrich"),
              "%s is a stream: wanted a view or a table".formatted(enrich.with()),
              "write as: table at the source, or use join with within"));
      return null;
    }
    role(CheckedStep.KEY, enrich.key(), scope(), Wanted.TEXT, pointer("key"));
    Scope both =
        enrich.dropMissing()
            ? scope().with(Scope.FOUND, found.records())
            : scope().withOptional(Scope.FOUND, found.records());
    boolean view = found.partitions() == 0;
    Flow out =
        view ? input().asStream() : input().rekeyed(enrich.key()).together(found.partitions());
    return made(enrich.fields(), both, "fields", out);
  }

  private @Nullable Flow detect(Step.Detect detect) {
    for (int i = 0; i < detect.values().size(); i++) {
      String pointer = detect.values().size() == 1 ? pointer("detect") : pointer("detect", "" + i);
      field("" + i, detect.values().get(i), scope(), Wanted.MEASURE, pointer);
    }
    if (detect.values().size() > 1 && detect.method() != Step.Method.FOREST) {
      faults.add(
          Fault.at(
              pointer("detect"), "only a forest takes several values", "write method: forest"));
    }
    if (input().records().size() > 1) {
      faults.add(
          Fault.at(
              pointer("from"),
              "several kinds of records flow in: wanted one, to which the score is added",
              "choose one type at the source, or make one with map"));
    }
    if (faults.size() > faultsBefore) {
      return null;
    }
    var all = Records.fields(input().records().getFirst());
    for (String name : List.of("score", "expected", "unusual")) {
      if (all.containsKey(name)) {
        faults.add(
            Fault.at(pointer("from"), "what flows in has a field %s already".formatted(name)));
      }
    }
    all.put("score", Schema.create(Schema.Type.DOUBLE));
    all.put("expected", Records.optional(Schema.create(Schema.Type.DOUBLE)));
    all.put("unusual", Schema.create(Schema.Type.BOOLEAN));
    return together(input().asStream()).of(records.record(id, detect.type(), all));
  }

  private Flow alert(Step.Alert alert) {
    role(CheckedStep.WHERE, alert.rule(), scope(), Wanted.CONDITION, pointer("alert"));
    role(CheckedStep.MESSAGE, alert.message(), scope(), Wanted.TEXT, pointer("message"));
    if (alert.forget().compareTo(alert.within()) < 0
        || alert.forget().compareTo(alert.coolDown()) < 0) {
      faults.add(
          Fault.at(
              pointer("forget"),
              "a key would be forgotten after %s: wanted at least within (%s) and coolDown (%s)"
                  .formatted(alert.forget(), alert.within(), alert.coolDown())));
    }
    var all = new LinkedHashMap<String, Schema>();
    for (String name : List.of("topology", "alert", "key", "severity", "message")) {
      all.put(name, Records.text());
    }
    all.put("times", Schema.create(Schema.Type.INT));
    all.put("since", Records.time());
    all.put("at", Records.time());
    return together(input().asStream()).plain().of(records.record(id, null, all));
  }
}
