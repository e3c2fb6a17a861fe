package dev.foldstream.eventstore.topics;

import java.util.Set;

/** The only place where names of topics are made. These are the stored form. */
public final class TopicNames {

  /** Where outcomes are passed on to the instance that waits for them. */
  public static final String ANSWERS = "foldstream.answers";

  /** The desired state of registered topologies. */
  public static final String TOPOLOGIES = "foldstream.topologies";

  private static final String VIEW_ROWS = "foldstream.views.";

  private static final Set<String> KINDS =
      Set.of("commands", "events", "outcomes", "quarantine", "inputs", "status");

  private TopicNames() {}

  public static String commands(String domain, String aggregate) {
    return name(domain, aggregate, "commands");
  }

  public static String events(String domain, String aggregate) {
    return name(domain, aggregate, "events");
  }

  public static String outcomes(String domain, String aggregate) {
    return name(domain, aggregate, "outcomes");
  }

  public static String quarantine(String domain, String aggregate) {
    return name(domain, aggregate, "quarantine");
  }

  /** What a process is to take, by process id. */
  public static String inputs(String domain, String process) {
    return name(domain, process, "inputs");
  }

  /** Which processes have failed or stand still, and how many there are. */
  public static String status(String domain, String process) {
    return name(domain, process, "status");
  }

  /** The events that a registered topology could not process. */
  public static String topologyQuarantine(String topology) {
    return name("foldstream.topology", topology, "quarantine");
  }

  /** Records of a source topic that are given to a registered topology again. */
  public static String redrive(String topology, String source) {
    return name("foldstream.topology", topology, "redrive") + "." + source;
  }

  /**
   * The rows of a view that a registered topology makes, on their way to the projector. Each state
   * of the topology writes a topic of its own, by {@link #candidate}.
   */
  public static String viewRows(String topology, String view) {
    return VIEW_ROWS + topology + "." + view;
  }

  /** Whether it holds rows of views, of any version. */
  public static boolean isViewRows(String topic) {
    return topic.startsWith(VIEW_ROWS);
  }

  /** Whether a name has the form of a topic that only the event store writes. */
  public static boolean reserved(String topic) {
    return topic.startsWith("foldstream.")
        || KINDS.contains(topic.substring(topic.lastIndexOf('.') + 1));
  }

  /** Where a version writes that runs beside the live one. */
  public static String candidate(String sink, int version) {
    return sink + "-v" + version;
  }

  /** Whether Foldstream or Kafka Streams made it for itself. */
  public static boolean internal(String topic) {
    return topic.startsWith("foldstream.")
        || topic.endsWith("-changelog")
        || topic.endsWith("-repartition");
  }

  private static String name(String domain, String aggregate, String kind) {
    return domain + "." + aggregate + "." + kind;
  }
}
