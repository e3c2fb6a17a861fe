package dev.foldstream.viewstore.rebuild;

import dev.foldstream.viewstore.rebuild.Comparison.Difference;
import dev.foldstream.viewstore.rebuild.Comparison.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Collects the first keys that differ. Used by one thread. */
public final class DifferingKeys {

  private static final String COLUMN = "column ";

  private final List<Difference> found = new ArrayList<>();
  private boolean more;

  /** The columns that both versions have with the same type. */
  public static List<String> commonColumns(
      SortedMap<String, String> live, SortedMap<String, String> built) {
    return live.entrySet().stream()
        .filter(fact -> fact.getKey().startsWith(COLUMN))
        .filter(fact -> fact.getValue().equals(built.get(fact.getKey())))
        .map(fact -> fact.getKey().substring(COLUMN.length()))
        .toList();
  }

  /** Notes the key when what both versions have of it is not equal; null stands for no row. */
  public void compare(String key, @Nullable Object live, @Nullable Object built) {
    if (Objects.equals(live, built)) {
      return;
    }
    if (full()) {
      more = true;
    } else {
      found.add(new Difference(key, what(live, built)));
    }
  }

  private static What what(@Nullable Object live, @Nullable Object built) {
    if (live == null) {
      return What.ADDED;
    }
    return built == null ? What.MISSING : What.CHANGED;
  }

  /** There is no room for another one. */
  public boolean full() {
    return found.size() >= Comparison.MAX_DIFFERENCES;
  }

  /** Some that were not looked at may differ. */
  public void more() {
    more = true;
  }

  public List<Difference> found() {
    return List.copyOf(found);
  }

  public boolean hasMore() {
    return more;
  }
}
