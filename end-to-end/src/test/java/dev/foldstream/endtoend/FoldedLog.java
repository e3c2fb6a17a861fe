package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.endtoend.Caller.Answer;
import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Feature.View;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.Token;
import dev.foldstream.quickstart.Installation;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What every view must hold: everything that was committed, folded in memory by the domain's own
 * projections, one event after another.
 */
final class FoldedLog {

  private static final int MAX_SHOWN = 5;

  private final Domain domain = ServiceLoader.load(Domain.class).findFirst().orElseThrow();
  private final RecordJson json = new RecordJson();
  private final Map<String, Map<String, Object>> views = new HashMap<>();
  private Token end = Token.EMPTY;

  private FoldedLog() {}

  /** Everything up to now. */
  static FoldedLog read(Installation running) {
    var folded = new FoldedLog();
    URI registry = URI.create(running.services().registry().url());
    var codec = new WireCodec(new ConfluentSchemaRegistry(registry), SchemaFiles.of(folded.domain));
    var decoder = new EventDecoder(List.of(folded.domain), codec);
    for (Feature feature : folded.domain.features()) {
      if (!(feature instanceof View<?, ?>)) {
        String topic = TopicNames.events(folded.domain.name(), feature.name());
        Log.records(running.services().kafka().bootstrapServers(), topic)
            .forEach(record -> folded.fold(decoder, record));
      }
    }
    return folded;
  }

  private void fold(EventDecoder decoder, ConsumerRecord<byte[], byte[]> record) {
    try {
      RecordedEvent<Object> event = decoder.decode(record);
      var place = event.place();
      end = end.merge(Token.of(place.topic(), place.partition(), place.sequence()));
      for (Feature feature : domain.features()) {
        if (feature instanceof View<?, ?> view && view.events().isInstance(event.event())) {
          fold(view, event);
        }
      }
    } catch (UnreadableEventException fault) {
      throw new AssertionError(fault);
    }
  }

  @SuppressWarnings("unchecked")
  private <E, V extends Record> void fold(View<E, V> view, RecordedEvent<?> untyped) {
    var event = (RecordedEvent<E>) untyped;
    var rows = views.computeIfAbsent(view.name(), name -> new TreeMap<>());
    for (String key : view.projection().keys(event)) {
      rows.compute(key, (k, row) -> view.projection().apply(k, (V) row, event));
    }
  }

  /** Every view in each of its stores, as soon as it has seen all that was read here. */
  void assertServed(Caller queries) {
    for (Feature feature : domain.features()) {
      if (feature instanceof View<?, ?> view) {
        view.stores().forEach(store -> assertServed(queries, view.name(), store.name()));
      }
    }
  }

  private void assertServed(Caller queries, String view, String store) {
    var expected = new TreeMap<String, JsonNode>();
    views
        .getOrDefault(view, Map.of())
        .values()
        .forEach(row -> put(expected, Caller.parse(json.text(row))));
    var found = new TreeMap<String, JsonNode>();
    rows(queries, "/views/%s?limit=400&store=%s".formatted(view, store.toLowerCase(Locale.ROOT)))
        .forEach(row -> put(found, row));
    var keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    List<String> differing =
        keys.stream()
            .filter(key -> !String.valueOf(expected.get(key)).equals("" + found.get(key)))
            .map(
                key -> "%s: folded %s, served %s".formatted(key, expected.get(key), found.get(key)))
            .limit(MAX_SHOWN)
            .toList();
    assertThat(differing).as("%s in %s, %d rows", view, store, keys.size()).isEmpty();
  }

  /** By the first component, which is the key in every view of commerce. */
  private static void put(Map<String, JsonNode> rows, JsonNode row) {
    assertThat(rows.put(row.elements().next().asText(), row)).as("once: %s", row).isNull();
  }

  private List<JsonNode> rows(Caller queries, String path) {
    var rows = new ArrayList<JsonNode>();
    String next = "";
    do {
      Answer page = queries.get(path + next, "Foldstream-Token", end.text(), "Prefer", "wait=30");
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      page.json().path("items").forEach(rows::add);
      JsonNode cursor = page.json().path("next");
      next = cursor.isNull() ? "" : "&cursor=" + cursor.asText();
    } while (!next.isEmpty());
    return rows;
  }
}
