package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.compiling.FaultyTopologyException;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.registry.Desired;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.Registry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.Topologies;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Ends a topology for good. */
@Singleton
public final class Deletion {

  private final Topologies topologies;
  private final Compiling compiling;
  private final Leftovers leftovers;
  private final Cleaner cleaner;

  Deletion(Topologies topologies, Compiling compiling, Leftovers leftovers, Cleaner cleaner) {
    this.topologies = topologies;
    this.compiling = compiling;
    this.leftovers = leftovers;
    this.cleaner = cleaner;
  }

  /**
   * What became of its topics.
   *
   * @param kept those that others may read
   */
  public record Deleted(List<String> deleted, List<String> kept) {}

  /**
   * Stops it everywhere, then deletes what Kafka Streams made for it, its quarantine, what
   * candidates wrote, and the rows of its views, which the projector drops when it hears of it.
   *
   * @param outputs whether its output topics go, too, unless another topology reads or writes them
   */
  public Deleted delete(String name, boolean outputs, String by) {
    Entry before = Refusals.existing(name, topologies.registry().find(name));
    topologies
        .registry()
        .change(
            name,
            entry -> {
              Entry found = Refusals.existing(name, entry);
              return new Registry.Change(
                  found.head().desired(Desired.DELETED, by),
                  List.of(),
                  List.copyOf(found.versions().keySet()));
            });
    var deleted = new ArrayList<String>();
    var own = new TreeSet<String>();
    var written = new TreeSet<String>();
    own.add(TopicNames.topologyQuarantine(name));
    for (StoredVersion version : before.used()) {
      deleted.addAll(leftovers.drop(version.applicationId()));
      own.addAll(cleaner.candidateTopics(version));
      version.made().forEach(view -> own.add(version.rows(view)));
      compiled(version, own, written);
    }
    List<String> kept = written.stream().filter(topic -> !outputs || shared(topic)).toList();
    own.addAll(written);
    kept.forEach(own::remove);
    deleted.addAll(leftovers.delete(own));
    return new Deleted(deleted.stream().sorted().toList(), kept);
  }

  private void compiled(StoredVersion version, Set<String> own, Set<String> written) {
    try {
      Compiled compiled = compiling.compiled(version);
      Sources.topics(compiled).forEach(topic -> own.add(TopicNames.redrive(version.name(), topic)));
      Sources.outputs(compiled).stream()
          .filter(topic -> !TopicNames.isViewRows(topic))
          .forEach(written::add);
    } catch (FaultyTopologyException neverRan) {
      // It has no topics.
    }
  }

  private boolean shared(String topic) {
    for (Entry other : topologies.registry().all()) {
      for (StoredVersion version : other.used()) {
        try {
          Compiled compiled = compiling.compiled(version);
          if (Sources.topics(compiled).contains(topic)
              || Sources.outputs(compiled).contains(topic)) {
            return true;
          }
        } catch (FaultyTopologyException unknown) {
          return true;
        }
      }
    }
    return false;
  }
}
