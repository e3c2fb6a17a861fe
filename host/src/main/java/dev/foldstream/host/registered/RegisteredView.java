package dev.foldstream.host.registered;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.kernel.ViewStoreKind;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A view that a registered topology makes, in one of its states. Each state writes rows of its own,
 * so a version that is prepared never mixes with the one that is served.
 *
 * @param address how callers name it: the view's name for the live version, with {@code -v<n>} for
 *     one beside it; behind {@code <topology>.} when another view has the name
 * @param application the version in which the state began
 * @param row the schema of the rows
 * @param partitions of the topic of the rows
 * @param indexes fields that queries filter or order by
 */
public record RegisteredView(
    String address,
    String topology,
    String view,
    int application,
    Role role,
    Schema row,
    int partitions,
    Set<ViewStoreKind> stores,
    List<String> indexes) {

  /** What the version is to the topology. */
  public enum Role {
    LIVE,
    CANDIDATE,
    PREVIOUS
  }

  public RegisteredView {
    stores = Set.copyOf(stores);
    indexes = List.copyOf(indexes);
  }

  /** The name under which stores keep it; its domain there is the topology. */
  public String name() {
    return TopicNames.candidate(view, application);
  }

  /** Where its rows lie. */
  public String topic() {
    return TopicNames.candidate(TopicNames.viewRows(topology, view), application);
  }

  RegisteredView at(String otherAddress) {
    return new RegisteredView(
        otherAddress, topology, view, application, role, row, partitions, stores, indexes);
  }
}
