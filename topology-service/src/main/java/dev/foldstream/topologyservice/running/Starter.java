package dev.foldstream.topologyservice.running;

import dev.foldstream.eventstore.recovery.RecoveringStreams;
import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.eventstore.streams.StreamsSettings;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.topology.build.Surroundings;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.plan.Plan.PlannedTopic;
import dev.foldstream.topology.plan.Plan.TopicKind;
import dev.foldstream.topology.plan.StepNode;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.outside.KeptRows;
import dev.foldstream.topologyservice.outside.WebhookSender;
import dev.foldstream.topologyservice.quarantine.QuarantineWriter;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Makes an application of a stored version: compiles it, makes its topics, registers its schemas.
 */
@Singleton
final class Starter {

  private final Compiling compiling;
  private final Cluster cluster;
  private final SchemaRegistry registry;
  private final TopicsSettings topics;
  private final StreamsSettings streams;
  private final QuarantineWriter quarantine;
  private final KeptRows rows;
  private final WebhookSender webhooks;

  Starter(
      Compiling compiling,
      Cluster cluster,
      SchemaRegistry registry,
      KafkaSettings kafka,
      TopicsSettings topics,
      TopologiesSettings settings,
      QuarantineWriter quarantine,
      KeptRows rows,
      WebhookSender webhooks) {
    this.compiling = compiling;
    this.cluster = cluster;
    this.registry = registry;
    this.topics = topics;
    this.streams = settings.streams(kafka, topics);
    this.quarantine = quarantine;
    this.rows = rows;
    this.webhooks = webhooks;
  }

  /** An application that is started. */
  Application start(Wanted wanted) {
    Compiled compiled = compiling.compiled(wanted.version());
    UnaryOperator<String> outputs = outputs(wanted);
    prepareTopics(compiled, outputs);
    registerSchemas(compiled);
    String name = wanted.version().name();
    var tally =
        new Tally(
            compiled.steps().stream().map(StepNode::id).toList(),
            failure -> quarantine.store(name, wanted.version().version(), failure));
    var surroundings = new Surroundings(tally, registry, rows, webhooks, true).writing(outputs);
    var current = new AtomicReference<KafkaStreams>();
    var running =
        new RecoveringStreams(
            wanted.version().applicationId(),
            streams,
            () -> compiled.build(surroundings),
            written(wanted.version().applicationId(), compiled, outputs),
            current::set);
    running.start();
    return new Application(compiled, tally, running, current);
  }

  /**
   * A version that runs beside the live one writes topics of its own, and each state always writes
   * rows of its own.
   */
  private static UnaryOperator<String> outputs(Wanted wanted) {
    StoredVersion version = wanted.version();
    return topic -> {
      if (TopicNames.isViewRows(topic)) {
        return TopicNames.candidate(topic, version.application());
      }
      return wanted.beside() ? TopicNames.candidate(topic, version.version()) : topic;
    };
  }

  private static List<String> written(
      String applicationId, Compiled compiled, UnaryOperator<String> outputs) {
    var names = new ArrayList<String>();
    for (PlannedTopic topic : compiled.plan().topics()) {
      switch (topic.kind()) {
        case OUTPUT, VIEW_ROWS -> names.add(outputs.apply(topic.name()));
        case REPARTITION, CHANGELOG -> names.add(applicationId + "-" + topic.name());
        case SOURCE -> {}
      }
    }
    return names;
  }

  private void prepareTopics(Compiled compiled, UnaryOperator<String> outputs) {
    Map<String, Integer> wanted = new TreeMap<>();
    compiled
        .plan()
        .outputs()
        .forEach(topic -> wanted.put(outputs.apply(topic.name()), topic.partitions()));
    wanted.put(TopicNames.topologyQuarantine(compiled.name()), 1);
    for (PlannedTopic topic : compiled.plan().topics()) {
      if (topic.kind() == TopicKind.SOURCE) {
        wanted.put(TopicNames.redrive(compiled.name(), topic.name()), topic.partitions());
      }
    }
    TopicSetup.prepareSinks(cluster.admin(), wanted, topics.asTopicSettings());
  }

  private void registerSchemas(Compiled compiled) {
    compiled.plan().outputs().stream()
        .flatMap(topic -> topic.schemas().entrySet().stream())
        .forEach(schema -> registry.register(schema.getKey(), schema.getValue()));
  }
}
