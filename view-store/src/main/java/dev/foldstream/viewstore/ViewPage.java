package dev.foldstream.viewstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a view.
 *
 * @param next where the next page begins, or null when this is the last one
 * @param count how many rows meet the condition, or null when nobody asked
 */
public record ViewPage(
    List<ViewRow> rows, ViewQuery.@Nullable Boundary next, @Nullable Long count) {

  public ViewPage counted(@Nullable Long number) {
    return new ViewPage(rows, next, number);
  }
}
