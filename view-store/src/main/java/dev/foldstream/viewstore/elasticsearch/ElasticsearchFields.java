package dev.foldstream.viewstore.elasticsearch;

import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.rows.RowShape;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields of a row by their paths, {@code lines.sku} for a component of nested records. Maps and
 * sealed types are kept, and not taken apart.
 */
final class ElasticsearchFields {

  private static final int MAX_DEPTH = 8;

  private final Class<?> row;
  private final Map<String, ViewColumnType> leaves = new TreeMap<>();

  ElasticsearchFields(Class<? extends Record> row) {
    this.row = row;
    collect(row, "", 0);
  }

  private void collect(Class<?> record, String prefix, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "records of a row are nested at most %d deep; %s is deeper at '%s'"
              .formatted(MAX_DEPTH, row.getName(), prefix));
    }
    for (RecordComponent component : record.getRecordComponents()) {
      String path = prefix + component.getName();
      Class<?> inner = inner(component.getGenericType());
      if (inner.isRecord()) {
        collect(inner, path + ".", depth + 1);
      } else {
        leaves.put(path, RowShape.columnType(inner));
      }
    }
  }

  /** The type itself, or that of the elements of a list. */
  static Class<?> inner(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic
          when generic.getRawType() == List.class
              && generic.getActualTypeArguments()[0] instanceof Class<?> element ->
          element;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> Object.class;
    };
  }

  /** The type of a field that has values of its own. */
  ViewColumnType leaf(String path) {
    ViewColumnType type = leaves.get(path);
    if (type == null || !type.comparable()) {
      throw new IllegalArgumentException(
          "a field of %s with values was wanted, one of %s; found '%s'"
              .formatted(
                  row.getSimpleName(),
                  leaves.entrySet().stream()
                      .filter(leaf -> leaf.getValue().comparable())
                      .map(Map.Entry::getKey)
                      .toList(),
                  path));
    }
    return type;
  }

  /** Refuses a searched field that holds no text. */
  void checkSearched(List<String> paths) {
    for (String path : paths) {
      if (!List.of(ViewColumnType.TEXT, ViewColumnType.ENUM, ViewColumnType.UUID)
          .contains(leaf(path))) {
        throw new IllegalArgumentException(
            "texts are searched; field '%s' of %s is %s"
                .formatted(path, row.getSimpleName(), leaf(path)));
      }
    }
  }

  @Override
  public String toString() {
    return row.getSimpleName() + Arrays.toString(leaves.keySet().toArray());
  }
}
