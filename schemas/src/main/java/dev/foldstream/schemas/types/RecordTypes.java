package dev.foldstream.schemas.types;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The records behind a sealed interface. */
public final class RecordTypes {

  private RecordTypes() {}

  /**
   * All records a sealed interface permits, through sealed interfaces it permits in turn, in the
   * order of their declaration; a record alone is its own list.
   *
   * @throws UnsupportedTypeException when something else than records is permitted, or two of them
   *     have the same simple name
   */
  public static List<Class<? extends Record>> permitted(Class<?> sealedOrRecord) {
    var records = new LinkedHashSet<Class<? extends Record>>();
    collect(sealedOrRecord, sealedOrRecord, records);
    var names = new LinkedHashSet<String>();
    for (var record : records) {
      if (!names.add(record.getSimpleName())) {
        throw new UnsupportedTypeException(
            sealedOrRecord.getName(),
            "permits two records named %s; schemas are told apart by that name"
                .formatted(record.getSimpleName()));
      }
    }
    return List.copyOf(records);
  }

  private static void collect(Class<?> type, Class<?> root, Set<Class<? extends Record>> records) {
    if (type.isRecord()) {
      records.add(type.asSubclass(Record.class));
    } else if (type.isInterface() && type.isSealed()) {
      for (var permitted : type.getPermittedSubclasses()) {
        collect(permitted, root, records);
      }
    } else {
      throw new UnsupportedTypeException(
          root.getName(),
          "wanted a record or a sealed interface of records; found " + type.getName());
    }
  }
}
