package dev.foldstream.topology.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words for faults and hints. */
public final class Words {

  /** Words that differ in more letters are no slip of the pen. */
  private static final int MAX_DIFFERENCE = 3;

  private static final int MAX_LISTED = 12;

  private Words() {}

  /** The name that was probably meant, or the names there are; null when there are none. */
  public static @Nullable String didYouMean(String found, Collection<String> known) {
    if (known.isEmpty()) {
      return null;
    }
    var nearest = known.stream().min(Comparator.comparingInt(name -> difference(found, name)));
    if (nearest.isPresent()
        && difference(found, nearest.get()) <= Math.min(MAX_DIFFERENCE, found.length() / 2)) {
      return "did you mean %s?".formatted(nearest.get());
    }
    return "there is " + listed(known);
  }

  /** The names in order, the first of many. */
  public static String listed(Collection<String> names) {
    List<String> sorted = names.stream().sorted().toList();
    if (sorted.size() <= MAX_LISTED) {
      return String.join(", ", sorted);
    }
    return sorted.stream().limit(MAX_LISTED).collect(Collectors.joining(", "))
        + " and %d more".formatted(sorted.size() - MAX_LISTED);
  }

  /** How many letters have to be put in, taken away or changed; case does not count. */
  static int difference(String one, String other) {
    String a = one.toLowerCase(java.util.Locale.ROOT);
    String b = other.toLowerCase(java.util.Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
