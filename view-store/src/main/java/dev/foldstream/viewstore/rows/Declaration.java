package dev.foldstream.viewstore.rows;

import dev.foldstream.kernel.Feature;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a view was declared as when its table or index was made, one fact for each name. Kept beside
 * the table or index, and compared at every start. This is the stored form.
 */
public final class Declaration {

  private static final String PROJECTION_VERSION = "projection version";
  private static final String SEARCH = "searched columns";
  private static final int MAX_DEPTH = 16;

  private Declaration() {}

  /** The columns with their types, and the version of the projection. */
  public static SortedMap<String, String> of(Feature.View<?, ?> view) {
    var facts = new TreeMap<String, String>();
    for (RecordComponent component : view.row().getRecordComponents()) {
      facts.put("column " + component.getName(), described(component.getGenericType()));
    }
    facts.put(PROJECTION_VERSION, Integer.toString(view.version()));
    return facts;
  }

  /** The same with the searched columns, which a search store has to know when it writes. */
  public static SortedMap<String, String> withSearch(Feature.View<?, ?> view) {
    SortedMap<String, String> facts = of(view);
    facts.put(SEARCH, view.search().stream().sorted().collect(Collectors.joining(",")));
    return facts;
  }

  /** Each fact that is not the same in both, in words. */
  public static List<String> differences(
      SortedMap<String, String> kept, SortedMap<String, String> declared) {
    SortedSet<String> names = new TreeSet<>(kept.keySet());
    names.addAll(declared.keySet());
    var differences = new ArrayList<String>();
    for (String name : names) {
      String before = kept.get(name);
      String after = declared.get(name);
      if (before == null) {
        differences.add("%s (%s) is new".formatted(name, after));
      } else if (after == null) {
        differences.add("%s (%s) is gone".formatted(name, before));
      } else if (!before.equals(after)) {
        differences.add("%s was %s, is %s".formatted(name, before, after));
      }
    }
    return differences;
  }

  /**
   * Whether what is declared is not what is kept, and what is kept is not of a later version of the
   * projection.
   */
  public static boolean isChangedBy(
      SortedMap<String, String> kept, SortedMap<String, String> declared) {
    return version(kept) <= version(declared) && !differences(kept, declared).isEmpty();
  }

  private static int version(SortedMap<String, String> facts) {
    return Integer.parseInt(facts.getOrDefault(PROJECTION_VERSION, "0"));
  }

  /** Lists of plain values are arrays in a store, which lists of records are not. */
  private static String described(Type type) {
    Class<?> element = RowShape.plainElement(type);
    return element == null
        ? describe(type, 0, new HashSet<>())
        : "array of " + describe(element, 0, new HashSet<>());
  }

  private static String describe(Type type, int depth, Set<Type> above) {
    if (depth > MAX_DEPTH || !above.add(type)) {
      return type.getTypeName();
    }
    try {
      return switch (type) {
        case ParameterizedType generic ->
            ((Class<?>) generic.getRawType()).getSimpleName()
                + Arrays.stream(generic.getActualTypeArguments())
                    .map(argument -> describe(argument, depth + 1, above))
                    .collect(Collectors.joining(",", "<", ">"));
        case Class<?> plain when plain.isRecord() -> record(plain, depth, above);
        case Class<?> plain when plain.isEnum() -> "enum";
        case Class<?> plain -> plain.getSimpleName();
        default -> type.getTypeName();
      };
    } finally {
      above.remove(type);
    }
  }

  private static String record(Class<?> type, int depth, Set<Type> above) {
    return Arrays.stream(type.getRecordComponents())
        .map(c -> c.getName() + " " + describe(c.getGenericType(), depth + 1, above))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
