package dev.foldstream.eventstore.topics;

/** The only place where names of topics are made. These are the stored form. */
public final class TopicNames {

  /** Where outcomes are passed on to the instance that waits for them. */
  public static final String ANSWERS = "foldstream.answers";

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

  private static String name(String domain, String aggregate, String kind) {
    return domain + "." + aggregate + "." + kind;
  }
}
