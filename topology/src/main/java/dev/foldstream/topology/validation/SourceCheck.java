package dev.foldstream.topology.validation;

import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.catalog.TopicSchemas;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Source;
import dev.foldstream.topology.document.Source.Form;
import dev.foldstream.topology.document.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Sources, as the catalog knows them. */
final class SourceCheck {

  private final Catalog catalog;
  private final List<Fault> faults;

  SourceCheck(Catalog catalog, List<Fault> faults) {
    this.catalog = catalog;
    this.faults = faults;
  }

  Optional<CheckedSource> check(String id, Source source) {
    return switch (source) {
      case Source.Events events ->
          found(
                  catalog.aggregate(events.aggregate()),
                  Pointers.of("sources", id, "aggregate"),
                  "there is no aggregate " + events.aggregate(),
                  Words.didYouMean(events.aggregate(), catalog.aggregates()))
              .flatMap(
                  topic ->
                      topic(
                          id,
                          source,
                          topic,
                          events.types(),
                          events.form(),
                          Pointers.of("sources", id, "events")));
      case Source.Topic topic ->
          found(
                  catalog.topic(topic.topic()),
                  Pointers.of("sources", id, "topic"),
                  "there is no topic %s with registered Avro".formatted(topic.topic()),
                  Words.didYouMean(topic.topic(), catalog.topics()))
              .flatMap(
                  found ->
                      topic(
                          id,
                          source,
                          found,
                          topic.types(),
                          topic.form(),
                          Pointers.of("sources", id, "types")));
      case Source.View view ->
          found(
                  catalog.view(view.view()),
                  Pointers.of("sources", id, "view"),
                  "there is no view " + view.view(),
                  Words.didYouMean(view.view(), catalog.views()))
              .map(row -> view(id, source, row));
    };
  }

  private <T> Optional<T> found(
      Optional<T> found,
      String pointer,
      String message,
      @org.jspecify.annotations.Nullable String hint) {
    if (found.isEmpty()) {
      faults.add(Fault.at(pointer, message, hint));
    }
    return found;
  }

  private static CheckedSource view(String id, Source source, Schema row) {
    var flow = new Flow(List.of(row), true, false, false, 0, false, "view");
    return new CheckedSource(id, source, Optional.empty(), Optional.of(row), flow);
  }

  private Optional<CheckedSource> topic(
      String id, Source source, TopicSchemas topic, List<String> types, Form form, String pointer) {
    var taken = new ArrayList<Schema>();
    var names = topic.records().stream().map(Schema::getName).toList();
    for (int i = 0; i < types.size(); i++) {
      String type = types.get(i);
      var found =
          topic.records().stream()
              .filter(s -> s.getName().equals(type) || s.getFullName().equals(type))
              .findFirst();
      if (found.isEmpty()) {
        faults.add(
            Fault.at(
                pointer + "/" + i,
                "there is no %s on %s".formatted(type, topic.topic()),
                Words.didYouMean(type, names)));
        return Optional.empty();
      }
      taken.add(found.get());
    }
    List<Schema> records = types.isEmpty() ? topic.records() : taken;
    if (records.isEmpty()) {
      faults.add(
          Fault.at(
              Pointers.of("sources", id),
              "no schema is registered for the records of " + topic.topic()));
      return Optional.empty();
    }
    var flow =
        new Flow(
            records,
            form == Form.TABLE,
            false,
            true,
            topic.partitions(),
            false,
            "key of " + topic.topic());
    return Optional.of(
        new CheckedSource(id, source, Optional.of(topic.topic()), Optional.empty(), flow));
  }
}
