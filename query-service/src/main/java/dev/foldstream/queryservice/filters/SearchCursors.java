package dev.foldstream.queryservice.filters;

import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.SearchReader.After;
import dev.foldstream.viewstore.ViewQuery.Boundary;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cursors of a search: the score stands before the cursor of the order. */
final class SearchCursors {

  private static final String BEFORE_SCORE = "s";
  private static final char BEHIND_SCORE = '~';

  private final Cursors cursors;

  SearchCursors(ServedView view, String text, Condition where, List<Order> order) {
    this.cursors = Cursors.ofSearch(view, text, where, order);
  }

  String write(After after) {
    return BEFORE_SCORE + after.score() + BEHIND_SCORE + cursors.write(after.boundary());
  }

  @Nullable After read(String text, InvalidQuery invalid) {
    int end = text.indexOf(BEHIND_SCORE);
    Double score = end > 0 && text.startsWith(BEFORE_SCORE) ? score(text.substring(1, end)) : null;
    Boundary boundary = cursors.read(score == null ? "" : text.substring(end + 1), invalid);
    return score == null || boundary == null ? null : new After(score, boundary);
  }

  private static @Nullable Double score(String text) {
    try {
      double score = Double.parseDouble(text);
      return Double.isFinite(score) && Math.abs(score) <= Float.MAX_VALUE ? score : null;
    } catch (NumberFormatException notWhatWeWrote) {
      return null;
    }
  }
}
