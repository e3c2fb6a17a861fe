package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.document.Sink;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.plan.Plan.PlannedTopic;
import dev.foldstream.topology.plan.Plan.TopicKind;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.registry.StoredView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The views that topologies make. */
final class MadeViews {

  private MadeViews() {}

  /** Those of a topology that is to be stored. */
  static List<StoredView> of(Compiled compiled) {
    var views = new ArrayList<StoredView>();
    TopologyDocument document = compiled.document().orElse(null);
    if (document == null) {
      return views;
    }
    for (PlannedTopic topic : compiled.plan().topics()) {
      if (topic.kind() == TopicKind.VIEW_ROWS
          && document.sinks().get(topic.node()) instanceof Sink.View sink) {
        views.add(
            new StoredView(
                sink.view(),
                topic.schemas().values().iterator().next().toString(),
                topic.partitions(),
                sink.stores(),
                sink.indexes()));
      }
    }
    return views;
  }

  /** Refuses a view that another topology makes, in a version that runs or may run again. */
  static void refuseTaken(String topology, List<StoredView> views, Collection<Entry> registered) {
    for (Entry other : registered) {
      if (!other.name().equals(topology)) {
        for (StoredVersion version : other.used()) {
          version.made().stream()
              .filter(made -> views.stream().anyMatch(one -> one.view().equals(made.view())))
              .forEach(
                  made -> {
                    throw Refusals.notNow(
                        "wanted to make the view '%s'; the topology '%s' makes it. Mend: give the view another name, or delete that topology"
                            .formatted(made.view(), other.name()));
                  });
        }
      }
    }
  }
}
