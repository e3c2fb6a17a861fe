package dev.foldstream.viewstore.elasticsearch;

import dev.foldstream.viewstore.SearchReader.Suggestion;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds in rows the values that a text may be the beginning of, each once. */
final class Suggestions {

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final RowFields fields;
  private final List<String> paths;
  private final List<String> words;
  private final Set<Suggestion> found = new LinkedHashSet<>();

  Suggestions(RowFields fields, List<String> paths, String text) {
    this.fields = fields;
    this.paths = paths;
    this.words = words(text);
  }

  void add(Record row) {
    for (String path : paths) {
      RowField field = fields.known(path);
      for (Object value : fields.values(row, field)) {
        String text = value instanceof Enum<?> constant ? constant.name() : value.toString();
        if (meant(text)) {
          found.add(new Suggestion(text, path));
        }
      }
    }
  }

  List<Suggestion> first(int limit) {
    return found.stream().limit(limit).toList();
  }

  private boolean meant(String value) {
    if (words.isEmpty()) {
      return false;
    }
    List<String> held = words(value);
    String last = words.getLast();
    return held.containsAll(words.subList(0, words.size() - 1))
        && held.stream().anyMatch(word -> word.startsWith(last));
  }

  private static List<String> words(String text) {
    var words = new ArrayList<>(Arrays.asList(NO_WORD.split(text.toLowerCase(Locale.ROOT))));
    words.removeIf(String::isEmpty);
    return words;
  }
}
