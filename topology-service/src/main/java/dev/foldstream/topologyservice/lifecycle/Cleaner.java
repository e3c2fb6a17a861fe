package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.compiling.FaultyTopologyException;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** After a change: what belonged to versions that will not run again goes, behind the answer. */
@Singleton
final class Cleaner {

  private static final Logger LOG = LoggerFactory.getLogger(Cleaner.class);

  private final Leftovers leftovers;
  private final Compiling compiling;

  Cleaner(Leftovers leftovers, Compiling compiling) {
    this.leftovers = leftovers;
    this.compiling = compiling;
  }

  void after(@Nullable Entry before, Entry now) {
    if (before == null) {
      return;
    }
    var gone = new TreeSet<>(before.applications());
    gone.removeAll(now.applications());
    if (!gone.isEmpty()) {
      Thread.ofVirtual().name("clean-" + now.name()).start(() -> clean(before, gone));
    }
  }

  private void clean(Entry before, Set<String> gone) {
    try {
      for (StoredVersion version : before.used()) {
        if (gone.contains(version.applicationId())) {
          leftovers.drop(version.applicationId());
          leftovers.delete(candidateTopics(version));
          leftovers.delete(version.made().stream().map(version::rows).toList());
        }
      }
    } catch (RuntimeException failed) {
      LOG.warn("Topics of {} stay, and may be deleted by hand: {}", gone, failed.getMessage());
    }
  }

  /** What the version wrote while it ran beside another. */
  Set<String> candidateTopics(StoredVersion version) {
    var topics = new TreeSet<String>();
    try {
      Sources.outputs(compiling.compiled(version)).stream()
          .filter(topic -> !TopicNames.isViewRows(topic))
          .forEach(topic -> topics.add(TopicNames.candidate(topic, version.version())));
    } catch (FaultyTopologyException neverRan) {
      LOG.debug("{} wrote nothing", version.applicationId());
    }
    return topics;
  }
}
