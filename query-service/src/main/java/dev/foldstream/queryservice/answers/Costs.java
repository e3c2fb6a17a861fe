package dev.foldstream.queryservice.answers;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.QueryTooCostlyException;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Order;
import java.util.List;
import java.util.function.Supplier;

/** Says of a query that took too long what would help. */
public final class Costs {

  private Costs() {}

  public static <T> T bounded(
      ServedView view, Condition where, List<Order> order, Supplier<T> query) {
    try {
      return query.get();
    } catch (QueryTooCostlyException tooLong) {
      var advice = new IndexAdvice(view.definition().feature(), where);
      throw new ProblemException(
              ProblemType.TOO_COSTLY,
              "The query of '%s' was given up after %d ms. %s"
                  .formatted(view.address(), tooLong.limit().toMillis(), advice.text(order)))
          .member("index", advice.columns(order));
    }
  }
}
