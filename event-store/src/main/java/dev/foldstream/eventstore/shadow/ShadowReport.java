package dev.foldstream.eventstore.shadow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came out so far; grows while a run goes on. For all threads. */
public final class ShadowReport {

  /** What became of one recorded command. */
  public enum Found {
    SAME,
    /** Accepted instead of refused, refused otherwise, or the other way round. */
    OTHER_OUTCOME,
    /** Both accepted, with other events. */
    OTHER_EVENTS,
    /** The candidate threw, or could not read the command or an event before it. */
    FAILED,
    /** Not compared: it asks for an outcome. */
    LOOK_UP,
    /** Not compared: its id was decided before. */
    REPEATED,
    /** Not compared: it was set aside. */
    QUARANTINED,
    /** Not compared: it led to no event, and its outcome is no longer there. */
    UNKNOWN
  }

  private final int maxExamples;
  private final List<ShadowDifference> examples = new ArrayList<>();
  private final Map<Found, Long> counts = new EnumMap<>(Found.class);
  private long toDo;
  private boolean limited;

  public ShadowReport(int maxExamples) {
    this.maxExamples = maxExamples;
  }

  /** Says how many commands there are to be done, and whether that is all of the range. */
  synchronized void begin(long commands, boolean leavesSomeOut) {
    toDo = commands;
    limited = leavesSomeOut;
  }

  synchronized void add(Found found) {
    counts.merge(found, 1L, Long::sum);
  }

  synchronized void differ(Found found, ShadowDifference difference) {
    add(found);
    if (examples.size() < maxExamples) {
      examples.add(difference);
    }
  }

  public synchronized long count(Found found) {
    return counts.getOrDefault(found, 0L);
  }

  /** All commands that were looked at. */
  public synchronized long commands() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many commands the range has; somewhat more when other records lie between them. */
  public synchronized long toDo() {
    return toDo;
  }

  /** Whether the range has more commands than the limit. */
  public synchronized boolean limited() {
    return limited;
  }

  public synchronized List<ShadowDifference> examples() {
    return List.copyOf(examples);
  }
}
