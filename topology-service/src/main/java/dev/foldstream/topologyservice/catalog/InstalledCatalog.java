package dev.foldstream.topologyservice.catalog;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.host.domains.FoundAggregate;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.registered.RegisteredViews;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.catalog.TopicSchemas;
import dev.foldstream.topologyservice.outside.ReadableViews;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The domains on the class path, the topics of the cluster and the schemas of the registry. What
 * the cluster and the registry say is kept for a few seconds, so that an editor may ask as one
 * types.
 */
@Singleton
public final class InstalledCatalog implements Catalog {

  static final Duration KEPT = Duration.ofSeconds(5);

  private final FoundDomains domains;
  private final SchemaFiles files;
  private final SchemaRegistry registry;
  private final Cluster cluster;
  private final RegisteredViews registered;
  private final ReadableViews readable;
  private final Map<Object, Known> known = new ConcurrentHashMap<>();

  private record Known(Object value, long untilNanos) {}

  InstalledCatalog(
      FoundDomains domains,
      SchemaFiles files,
      SchemaRegistry registry,
      Cluster cluster,
      RegisteredViews registered,
      ReadableViews readable) {
    this.readable = readable;
    this.registered = registered;
    registered.watch(views -> forget());
    this.domains = domains;
    this.files = files;
    this.registry = registry;
    this.cluster = cluster;
  }

  @Override
  public Optional<TopicSchemas> aggregate(String name) {
    return domains.aggregates().stream()
        .filter(found -> (found.domain() + "." + found.name()).equals(name))
        .findFirst()
        .flatMap(this::events);
  }

  private Optional<TopicSchemas> events(FoundAggregate found) {
    List<Schema> schemas =
        found.events().values().stream().map(files::find).flatMap(Optional::stream).toList();
    return partitions(found.eventsTopic())
        .map(count -> new TopicSchemas(found.eventsTopic(), count, schemas));
  }

  @Override
  public Optional<TopicSchemas> topic(String topic) {
    return partitions(topic).map(count -> new TopicSchemas(topic, count, registered(topic)));
  }

  private List<Schema> registered(String topic) {
    return kept(List.of("schemas", topic), () -> schemasOf(topic));
  }

  private List<Schema> schemasOf(String topic) {
    var schemas = new ArrayList<Schema>();
    for (String subject : subjects()) {
      if (subject.startsWith(topic + "-")) {
        List<Schema> versions = registry.versions(subject);
        if (!versions.isEmpty() && ofTopic(topic, subject, versions.getLast())) {
          schemas.add(versions.getLast());
        }
      }
    }
    return List.copyOf(schemas);
  }

  /** By topic and record name, or by topic alone: the two ways in which subjects are named. */
  private static boolean ofTopic(String topic, String subject, Schema schema) {
    return subject.equals(topic + "-" + schema.getFullName()) || subject.equals(topic + "-value");
  }

  private List<String> subjects() {
    return kept("subjects", registry::subjects);
  }

  private Optional<Integer> partitions(String topic) {
    return kept(List.of("partitions", topic), () -> described(topic));
  }

  private Optional<Integer> described(String topic) {
    // Asked about a topic that is not there, the client asks again without a pause.
    if (!names().contains(topic)) {
      return Optional.empty();
    }
    try {
      return Optional.of(cluster.topic(topic).partitions().size());
    } catch (UnknownTopicOrPartitionException gone) {
      return Optional.empty();
    }
  }

  private Set<String> names() {
    return kept(
        "topics", () -> Cluster.answer("list the topics", cluster.admin().listTopics().names()));
  }

  @Override
  public Optional<Schema> view(String view) {
    return readable.find(view).map(ReadableViews.Readable::schema);
  }

  @Override
  public Optional<String> maker(String view, String topology) {
    return domains
        .view(view)
        .map(found -> "the domain " + found.domain())
        .or(
            () ->
                registered.all().stream()
                    .filter(it -> it.view().equals(view) && !it.topology().equals(topology))
                    .findFirst()
                    .map(it -> "the topology " + it.topology()));
  }

  @Override
  public Optional<String> incompatibility(String subject, Schema schema) {
    return kept(List.of(subject, schema), () -> registry.incompatibility(subject, schema));
  }

  @Override
  public List<String> aggregates() {
    return domains.aggregates().stream().map(it -> it.domain() + "." + it.name()).toList();
  }

  @Override
  public List<String> topics() {
    return names().stream()
        .filter(name -> !name.startsWith("_") && !TopicNames.internal(name))
        .sorted()
        .toList();
  }

  @Override
  public List<String> views() {
    return List.copyOf(readable.names());
  }

  /** Everything is asked anew: what was just created is seen at once. */
  public void forget() {
    known.clear();
  }

  @SuppressWarnings("unchecked") // one kind of value for each kind of key
  private <T> T kept(Object key, java.util.function.Supplier<T> ask) {
    long now = System.nanoTime();
    Known found = known.get(key);
    if (found != null && found.untilNanos() > now) {
      return (T) found.value();
    }
    T answer = ask.get();
    known.values().removeIf(old -> old.untilNanos() <= now);
    known.put(key, new Known(answer, now + KEPT.toNanos()));
    return answer;
  }
}
