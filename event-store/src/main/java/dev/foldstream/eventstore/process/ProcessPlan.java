package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.types.RecordTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * What all tasks of one process type share.
 *
 * @param aggregates those of the domain, by name: whom it may send commands to
 * @param followed the events topics it reads
 * @param answered the outcomes topics it reads
 * @param partitions of all topics
 * @param inputsTopicId of the topic the offsets belong to
 */
record ProcessPlan<E, S>(
    String domain,
    Feature.Process<E, S, ?> process,
    Map<String, Feature.Aggregate<?, ?, ?>> aggregates,
    List<String> followed,
    List<String> answered,
    StateCodec<S> states,
    EventDecoder decoder,
    ProcessWire wire,
    int partitions,
    Uuid inputsTopicId) {

  static <E, S> ProcessPlan<E, S> of(
      Domain domain,
      Feature.Process<E, S, ?> process,
      ProcessWire wire,
      int partitions,
      Uuid inputsTopicId) {
    var aggregates = new LinkedHashMap<String, Feature.Aggregate<?, ?, ?>>();
    var followed = new ArrayList<String>();
    var answered = new ArrayList<String>();
    for (Feature feature : domain.features()) {
      if (feature instanceof Feature.Aggregate<?, ?, ?> aggregate) {
        aggregates.put(aggregate.name(), aggregate);
        answered.add(TopicNames.outcomes(domain.name(), aggregate.name()));
        if (feeds(aggregate, process)) {
          followed.add(TopicNames.events(domain.name(), aggregate.name()));
        }
      }
    }
    return new ProcessPlan<>(
        domain.name(),
        process,
        aggregates,
        followed,
        answered,
        states(domain, process, wire),
        new EventDecoder(List.of(domain), wire.codec()),
        wire,
        partitions,
        inputsTopicId);
  }

  static <S> StateCodec<S> states(
      Domain domain, Feature.Process<?, S, ?> process, ProcessWire wire) {
    return new StateCodec<>(
        wire.registry(), domain.name(), process.name(), process.state(), process.stateVersion());
  }

  private static boolean feeds(
      Feature.Aggregate<?, ?, ?> aggregate, Feature.Process<?, ?, ?> process) {
    return RecordTypes.permitted(aggregate.events()).stream()
        .anyMatch(process.events()::isAssignableFrom);
  }

  /** One for ever: what is kept of processes cannot be made again from the log. */
  String applicationId() {
    return "%s.%s.process-v1".formatted(domain, process.name());
  }

  /** Who sends the commands. */
  String principal() {
    return "process:" + process.name();
  }

  String inputsTopic() {
    return TopicNames.inputs(domain, process.name());
  }

  String eventsTopic() {
    return TopicNames.events(domain, process.name());
  }

  String statusTopic() {
    return TopicNames.status(domain, process.name());
  }

  String quarantineTopic() {
    return TopicNames.quarantine(domain, process.name());
  }

  /** The topics whose records become inputs. */
  List<String> sources() {
    var sources = new ArrayList<>(followed);
    sources.addAll(answered);
    return sources;
  }

  /** Everything it writes, the changelog too. */
  List<String> writes() {
    var writes =
        new ArrayList<>(
            List.of(
                inputsTopic(),
                eventsTopic(),
                statusTopic(),
                quarantineTopic(),
                applicationId() + "-" + ProcessTopology.STORE + "-changelog"));
    aggregates.keySet().forEach(name -> writes.add(TopicNames.commands(domain, name)));
    return writes;
  }
}
