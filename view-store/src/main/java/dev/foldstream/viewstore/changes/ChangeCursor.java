package dev.foldstream.viewstore.changes;

import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has heard of the changes of a view.
 *
 * @param version of the view
 */
public record ChangeCursor(int version, SortedMap<TopicPartitionName, Mark> marks) {

  /**
   * A place in the changes of one partition.
   *
   * @param sequence the position of the view
   * @param number of the last change heard of; counts what changed while the position stood still
   */
  public record Mark(long sequence, long number) {
    public static final Mark START = new Mark(0, 0);
  }

  public ChangeCursor {
    marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
  }

  /** Behind everything that the token names; the rest is heard from the beginning. */
  public static ChangeCursor at(int version, Token token) {
    var marks = new TreeMap<TopicPartitionName, Mark>();
    token.sequences().forEach((partition, sequence) -> marks.put(partition, new Mark(sequence, 0)));
    return new ChangeCursor(version, marks);
  }

  /** Whether who came this far has heard everything that the other one has. */
  public boolean covers(ChangeCursor other) {
    return version == other.version
        && other.marks.entrySet().stream()
            .allMatch(entry -> isBehind(entry.getValue(), marks.get(entry.getKey())));
  }

  private static boolean isBehind(Mark mark, @Nullable Mark than) {
    return than != null
        && (mark.sequence() < than.sequence()
            || (mark.sequence() == than.sequence() && mark.number() <= than.number()));
  }

  public Token token() {
    var sequences = new TreeMap<TopicPartitionName, Long>();
    marks.forEach((partition, mark) -> sequences.put(partition, mark.sequence()));
    return new Token(sequences);
  }
}
