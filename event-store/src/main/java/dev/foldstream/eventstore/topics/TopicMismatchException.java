package dev.foldstream.eventstore.topics;

import java.util.List;

/**
 * The cluster or its topics are not as the log needs them. Names every fault and how to mend it.
 */
public final class TopicMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String[] faults;

  public TopicMismatchException(List<String> faults) {
    super(
        "Kafka is not as the event log needs it (%d faults):%n  - %s"
            .formatted(faults.size(), String.join(System.lineSeparator() + "  - ", faults)));
    this.faults = faults.toArray(String[]::new);
  }

  public List<String> faults() {
    return List.of(faults);
  }
}
