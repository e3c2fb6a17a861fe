package dev.foldstream.viewstore.rows;

import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Whether a component may be null, by its JSpecify annotation. */
final class Nullness {

  private Nullness() {}

  static boolean of(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
