package dev.foldstream.queryservice.filters;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.filter.FilteringGeneratorDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a row that an answer holds: all of them, or those a caller selected. */
public final class Selection {

  /** The whole row. */
  public static final Selection ALL = new Selection(null);

  /** What stands beside the columns of a row begins so; no column does. */
  private static final String NO_COLUMN = "_";

  private final @Nullable Members members;

  private Selection(@Nullable Members members) {
    this.members = members;
  }

  /** Nothing but these, with what lies in them. */
  static Selection of(Iterable<String> paths) {
    var members = new Members();
    paths.forEach(members::add);
    return new Selection(members);
  }

  /** Where to write whole rows so that the selected members come out of it. */
  public JsonGenerator into(JsonGenerator out) {
    return members == null
        ? out
        : new FilteringGeneratorDelegate(
            out, members, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true);
  }

  /** Selected members of an object, or of the objects in an array. */
  private static final class Members extends TokenFilter {
    private final Map<String, TokenFilter> byName = new LinkedHashMap<>();

    void add(String path) {
      int dot = path.indexOf('.');
      String name = dot < 0 ? path : path.substring(0, dot);
      if (dot < 0) {
        byName.put(name, INCLUDE_ALL);
      } else if (byName.computeIfAbsent(name, any -> new Members()) instanceof Members inner) {
        inner.add(path.substring(dot + 1));
      }
    }

    @Override
    public @Nullable TokenFilter includeProperty(String name) {
      return name.startsWith(NO_COLUMN) ? INCLUDE_ALL : byName.get(name);
    }

    @Override
    public boolean includeEmptyArray(boolean contentsFiltered) {
      return true;
    }

    @Override
    public boolean includeEmptyObject(boolean contentsFiltered) {
      return true;
    }
  }
}
