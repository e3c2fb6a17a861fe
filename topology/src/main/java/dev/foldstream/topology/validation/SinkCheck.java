package dev.foldstream.topology.validation;

import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Sink;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.ExpressionCompiler;
import dev.foldstream.topology.expressions.Scope;
import dev.foldstream.topology.expressions.Wanted;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Sinks: their keys, and whether the registry would take their schemas. */
final class SinkCheck {

  private final TopologyDocument document;
  private final Catalog catalog;
  private final ExpressionCompiler expressions;
  private final List<Fault> faults;

  SinkCheck(
      TopologyDocument document,
      Catalog catalog,
      ExpressionCompiler expressions,
      List<Fault> faults) {
    this.document = document;
    this.catalog = catalog;
    this.expressions = expressions;
    this.faults = faults;
  }

  Optional<CheckedSink> check(String id, Sink sink, Flow flow) {
    int before = faults.size();
    Optional<Expression> key = key(id, sink, flow);
    String topic = NameCheck.target(document, sink);
    var existing = catalog.topic(topic);
    var checked =
        new CheckedSink(
            id,
            sink,
            topic,
            existing.isPresent(),
            existing.isPresent() ? existing.get().partitions() : partitions(sink, flow),
            key,
            flow);
    if (existing.isPresent() && sink instanceof Sink.Topic wanted) {
      partitionFaults(id, wanted.partitions(), existing.get().partitions());
    }
    for (Schema record : flow.records()) {
      catalog
          .incompatibility(checked.subject(record), record)
          .ifPresent(
              reason ->
                  faults.add(
                      Fault.at(
                          Pointers.of("sinks", id),
                          "the registry refuses %s for %s: %s"
                              .formatted(record.getFullName(), topic, reason),
                          "write to another topic, or keep the fields that readers know")));
    }
    if (sink instanceof Sink.View view) {
      new ViewSinkCheck(document.name(), catalog, faults).check(id, view, flow);
    }
    return faults.size() > before ? Optional.empty() : Optional.of(checked);
  }

  private Optional<Expression> key(String id, Sink sink, Flow flow) {
    @Nullable String text = sink.key();
    if (text == null && sink instanceof Sink.View && flow.windowed()) {
      text = "key + '@' + string(event.windowStart)";
      if (flow.records().getFirst().getField("windowStart") == null) {
        faults.add(
            Fault.at(
                Pointers.of("sinks", id),
                "one key has a row for each window, but windowStart is not among the fields",
                "give the sink a key"));
        return Optional.empty();
      }
    }
    return text == null
        ? Optional.empty()
        : expressions.compile(
            text,
            Scope.event(flow.records(), flow.single()),
            Wanted.TEXT,
            Pointers.of("sinks", id, "key"));
  }

  private static int partitions(Sink sink, Flow flow) {
    return sink instanceof Sink.Topic topic && topic.partitions() != null
        ? topic.partitions()
        : flow.partitions();
  }

  private void partitionFaults(String id, @Nullable Integer wanted, int found) {
    if (wanted != null && wanted != found) {
      faults.add(
          Fault.at(
              Pointers.of("sinks", id, "partitions"),
              "the topic has %d partitions; wanted %d".formatted(found, wanted),
              "the number of partitions of a topic does not change: leave it out"));
    }
  }
}
