package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.stores.ServedView;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code select=a,b,lines.sku}: the columns, or parts of them, that an answer holds. */
final class SelectReader {

  static final String PARAMETER = "select";
  private static final String EVERYTHING = "*";

  private SelectReader() {}

  static Selection read(ServedView view, String text, InvalidQuery invalid) {
    if (text.isEmpty() || text.equals(EVERYTHING)) {
      return Selection.ALL;
    }
    List<String> paths = Arrays.asList(text.split(",", -1));
    if (paths.size() > QueryBounds.MAX_SELECT) {
      invalid.add(
          PARAMETER,
          "a selection names at most %d columns; found %d"
              .formatted(QueryBounds.MAX_SELECT, paths.size()));
      return Selection.ALL;
    }
    int at = 1;
    for (String path : paths) {
      if (!has(view.shape().type(), path)) {
        invalid.add(
            PARAMETER,
            at,
            "the columns of '%s' are %s, and what their records have; found '%s'"
                .formatted(
                    view.address(),
                    view.shape().columns().stream().map(column -> column.name()).toList(),
                    Fields.shortened(path)));
      }
      at += path.length() + 1;
    }
    return Selection.of(paths);
  }

  private static boolean has(Class<?> row, String path) {
    Type type = row;
    for (String name : path.split("\\.", -1)) {
      RecordComponent component = component(type, name);
      if (component == null) {
        return false;
      }
      type = component.getGenericType();
    }
    return true;
  }

  private static @Nullable RecordComponent component(Type type, String name) {
    Type inner =
        type instanceof ParameterizedType generic && generic.getRawType() == List.class
            ? generic.getActualTypeArguments()[0]
            : type;
    if (!(inner instanceof Class<?> plain && plain.isRecord())) {
      return null;
    }
    return Arrays.stream(plain.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
