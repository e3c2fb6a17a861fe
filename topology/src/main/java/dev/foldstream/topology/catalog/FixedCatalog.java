package dev.foldstream.topology.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** What was put into it, for tests. Nothing is incompatible. */
public final class FixedCatalog implements Catalog {

  private final Map<String, TopicSchemas> aggregates = new LinkedHashMap<>();
  private final Map<String, TopicSchemas> topics = new LinkedHashMap<>();
  private final Map<String, Schema> views = new LinkedHashMap<>();

  public FixedCatalog withAggregate(String name, int partitions, List<Schema> events) {
    int dot = name.indexOf('.');
    String topic =
        dev.foldstream.eventstore.topics.TopicNames.events(
            name.substring(0, dot), name.substring(dot + 1));
    aggregates.put(name, new TopicSchemas(topic, partitions, events));
    return this;
  }

  public FixedCatalog withTopic(String topic, int partitions, List<Schema> records) {
    topics.put(topic, new TopicSchemas(topic, partitions, records));
    return this;
  }

  public FixedCatalog withView(String view, Schema row) {
    views.put(view, row);
    return this;
  }

  @Override
  public Optional<TopicSchemas> aggregate(String name) {
    return Optional.ofNullable(aggregates.get(name));
  }

  @Override
  public Optional<TopicSchemas> topic(String topic) {
    return Optional.ofNullable(topics.get(topic))
        .or(
            () ->
                aggregates.values().stream().filter(one -> one.topic().equals(topic)).findFirst());
  }

  @Override
  public Optional<Schema> view(String view) {
    return Optional.ofNullable(views.get(view));
  }

  @Override
  public Optional<String> maker(String view, String topology) {
    return views.containsKey(view) ? Optional.of("a domain") : Optional.empty();
  }

  @Override
  public Optional<String> incompatibility(String subject, Schema schema) {
    return Optional.empty();
  }

  @Override
  public List<String> aggregates() {
    return List.copyOf(aggregates.keySet());
  }

  @Override
  public List<String> topics() {
    return List.copyOf(topics.keySet());
  }

  @Override
  public List<String> views() {
    return List.copyOf(views.keySet());
  }
}
