package dev.foldstream.host.domains;

import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.schemas.types.RecordTypes;
import dev.foldstream.schemas.types.UnsupportedTypeException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The records of an aggregate by simple name. */
final class SealedRecords {

  private SealedRecords() {}

  static Map<String, Class<? extends Record>> byName(String what, Class<?> sealedOrRecord) {
    var found = new TreeMap<String, Class<? extends Record>>();
    try {
      RecordTypes.permitted(sealedOrRecord).forEach(type -> found.put(type.getSimpleName(), type));
    } catch (UnsupportedTypeException fault) {
      throw new StartRefusedException(
          "The %s must be records of different simple names behind sealed interfaces: %s"
              .formatted(what, fault.getMessage()),
          fault);
    }
    return Collections.unmodifiableMap(found);
  }
}
