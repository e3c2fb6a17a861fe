package dev.foldstream.endtoend.tradingday;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature.Aggregate;
import dev.foldstream.kernel.Feature.View;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.types.RecordTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides and projects the lines with the domain's own features, one after another in memory. */
final class FoldedDay {

  private final Domain domain;
  private final RecordJson json = new RecordJson();
  private final Map<StreamName, Object> states = new HashMap<>();
  private final Map<StreamName, Long> versions = new HashMap<>();
  private final Set<String> commandIds = new HashSet<>();
  final Map<String, SortedMap<String, Object>> views = new HashMap<>();
  final SortedMap<String, Integer> rejections = new TreeMap<>();
  int accepted;

  FoldedDay(Domain domain) {
    this.domain = domain;
  }

  SortedMap<String, Fields> rows(String view) {
    var rows = new TreeMap<String, Fields>();
    views
        .getOrDefault(view, new TreeMap<>())
        .forEach((key, row) -> rows.put(key, Fields.of(json.text(row))));
    return rows;
  }

  void enter(String text) {
    var line = Fields.of(text);
    if (!commandIds.add(line.text("commandId"))) {
      return;
    }
    for (var feature : domain.features()) {
      if (feature instanceof Aggregate<?, ?, ?> a && a.name().equals(line.text("aggregate"))) {
        decide(a, line, text);
      }
    }
  }

  private <C, S, E> void decide(Aggregate<C, S, E> aggregate, Fields line, String text) {
    var stream = new StreamName(domain.name(), aggregate.name(), line.text("id"));
    @SuppressWarnings("unchecked")
    S state = (S) states.getOrDefault(stream, aggregate.decider().initial());
    var metadata = new Metadata(line.text("commandId"), "day", null, Metadata.ANONYMOUS);
    var at = Instant.parse(line.text("occurredAt"));
    var context = new CommandContext(stream.id(), at, metadata);
    switch (aggregate.decider().decide(command(aggregate.commands(), line, text), state, context)) {
      case Decision.Rejected<E>(var reason) -> rejections.merge(reason.name(), 1, Integer::sum);
      case Decision.Accepted<E>(List<E> events) -> {
        accepted++;
        states.put(stream, aggregate.decider().fold(state, events));
        events.forEach(event -> project(record(stream, context, event)));
      }
    }
  }

  private <C> C command(Class<C> commands, Fields line, String text) {
    for (var type : RecordTypes.permitted(commands)) {
      if (type.getSimpleName().equals(line.text("command"))) {
        var data = json.tree(text.getBytes(StandardCharsets.UTF_8)).required("data");
        return commands.cast(json.read(data, type, "/data"));
      }
    }
    throw new IllegalArgumentException("unknown command in " + text);
  }

  private <E> RecordedEvent<E> record(StreamName stream, CommandContext context, E event) {
    long version = versions.merge(stream, 1L, Long::sum);
    var id = context.metadata().commandId() + ":" + version;
    var place = new Place("memory", 0, version, version);
    return new RecordedEvent<>(
        stream, version, place, id, context.occurredAt(), context.metadata(), event);
  }

  private void project(RecordedEvent<?> event) {
    for (var feature : domain.features()) {
      if (feature instanceof View<?, ?> view && view.events().isInstance(event.event())) {
        project(view, event);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private <E, V extends Record> void project(View<E, V> view, RecordedEvent<?> untyped) {
    var event = (RecordedEvent<E>) untyped;
    var rows = views.computeIfAbsent(view.name(), _ -> new TreeMap<>());
    for (String key : view.projection().keys(event)) {
      rows.compute(key, (_, row) -> view.projection().apply(key, (V) row, event));
    }
  }
}
