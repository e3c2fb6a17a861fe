package dev.foldstream.commerce.fulfilment;

import static dev.foldstream.commerce.order.OrderRejection.ORDER_ALREADY_SHIPPED;

import dev.foldstream.commerce.fulfilment.FulfilmentStep.Cancel;
import dev.foldstream.commerce.fulfilment.FulfilmentStep.Charge;
import dev.foldstream.commerce.fulfilment.FulfilmentStep.Confirm;
import dev.foldstream.commerce.fulfilment.FulfilmentStep.Dispatch;
import dev.foldstream.commerce.fulfilment.FulfilmentStep.Release;
import dev.foldstream.commerce.fulfilment.FulfilmentStep.Reserve;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one fulfilment. One thing is asked at a time, so there is always one answer at most
 * that it waits for.
 *
 * @param orderId empty until the order is placed
 * @param before how it stood before the latest input: what is different is what is to be asked
 * @param now how it stands
 */
record Fulfilment(String orderId, Course before, Course now) {

  static final Fulfilment NOT_BEGUN =
      new Fulfilment("", new Course.NotBegun(), new Course.NotBegun());

  /**
   * Something that was asked and is not answered.
   *
   * @param step its name
   */
  record Question(String step, int attempt) {}

  /** The step that the latest input led to; null when it led to none. */
  @Nullable FulfilmentStep begins() {
    var question = now.question();
    return question == null || question.equals(before.question()) ? null : now.step();
  }

  /** Whether the latest input ended the waiting for answers that must come in time. */
  boolean stopsWaiting() {
    return before instanceof Course.Fulfilling && !(now instanceof Course.Fulfilling);
  }

  /** The aggregate that is asked. */
  @Nullable String waitingFor() {
    var step = now.step();
    if (step == null) {
      return null;
    }
    var asked = step.send(orderId);
    return asked.aggregate() + " " + asked.id();
  }

  /** How a fulfilment stands. Lists are never empty; their first step is the one in progress. */
  sealed interface Course {

    record NotBegun() implements Course {}

    /**
     * On the way to the confirmation.
     *
     * @param undo what undoes what was done, latest first
     * @param shipped whether the order has left although this process did not confirm it
     */
    record Fulfilling(List<FulfilmentStep> todo, List<FulfilmentStep> undo, boolean shipped)
        implements Course {

      static Fulfilling begin(OrderPlaced order) {
        var quantities = new LinkedHashMap<String, Integer>();
        for (OrderLine line : order.lines()) {
          quantities.merge(line.sku(), line.quantity(), Integer::sum);
        }
        var todo = new ArrayList<FulfilmentStep>();
        quantities.forEach((sku, quantity) -> todo.add(new Reserve(sku, quantity)));
        if (order.total().signum() > 0) {
          todo.add(new Charge(order.customerId(), order.total(), order.currency()));
        }
        todo.add(new Confirm());
        return new Fulfilling(List.copyOf(todo), List.of(), false);
      }

      Course next() {
        var undoAll = joined(todo.getFirst().undo(), undo);
        if (todo.size() > 1) {
          return new Fulfilling(rest(todo), undoAll, shipped);
        }
        return shipped ? Dispatching.all(undoAll) : new Confirmed(undoAll);
      }

      /** The order has left: it is dispatched as soon as all is reserved and charged. */
      Fulfilling left() {
        return new Fulfilling(todo, undo, true);
      }

      Course refused(String rejection) {
        var why = because(rejection);
        return Compensating.of(joined(undo, List.of(new Cancel(why))), why);
      }

      /** An order that may be confirmed by now is cancelled first, before it can be shipped. */
      Course unanswered() {
        var why = because("NO_ANSWER");
        var cancel = List.<FulfilmentStep>of(new Cancel(why));
        return todo.getFirst() instanceof Confirm
            ? Compensating.of(joined(cancel, undo), why)
            : Compensating.of(joined(undoAllInDoubt(), cancel), why);
      }

      Course cancelled(String why) {
        return Compensating.of(undoAllInDoubt(), why);
      }

      private List<FulfilmentStep> undoAllInDoubt() {
        return joined(todo.getFirst().undoInDoubt(), undo);
      }
    }

    /**
     * Waits for the shipment.
     *
     * @param undo what undoes what was done, latest first
     */
    record Confirmed(List<FulfilmentStep> undo) implements Course {}

    /**
     * Sends out what is reserved.
     *
     * @param failure why the step in progress failed
     */
    record Dispatching(List<FulfilmentStep> todo, int attempts, @Nullable String failure)
        implements Course {

      /** Everything that releases would undo. */
      static Course all(List<FulfilmentStep> undo) {
        var todo =
            undo.reversed().stream()
                .<FulfilmentStep>mapMulti(
                    (step, into) -> {
                      if (step instanceof Release(var sku, _)) {
                        into.accept(new Dispatch(sku));
                      }
                    })
                .toList();
        return new Dispatching(todo, 1, null);
      }

      Course next() {
        return todo.size() > 1 ? new Dispatching(rest(todo), 1, null) : new Fulfilled();
      }

      Dispatching failed(String rejection) {
        return new Dispatching(todo, attempts, because(rejection));
      }

      Dispatching again() {
        return new Dispatching(todo, attempts + 1, null);
      }
    }

    /**
     * Undoes what was done.
     *
     * @param reason why
     * @param failure why the step in progress failed
     */
    record Compensating(
        List<FulfilmentStep> todo, String reason, int attempts, @Nullable String failure)
        implements Course {

      static Course of(List<FulfilmentStep> todo, String reason) {
        return todo.isEmpty() ? new Compensated(reason) : new Compensating(todo, reason, 1, null);
      }

      Course next() {
        return of(rest(todo), reason);
      }

      /** An order that was confirmed and left in time goes on as if nothing had been. */
      Course refused(String rejection) {
        if (todo.getFirst().isDoneBy(rejection)) {
          return next();
        }
        return cancelsFirst() && rejection.equals(ORDER_ALREADY_SHIPPED.name())
            ? new Confirmed(rest(todo))
            : new Compensating(todo, reason, attempts, because(rejection));
      }

      Compensating again() {
        return new Compensating(todo, reason, attempts + 1, null);
      }

      /** Whether the order is to be cancelled before anything is undone. */
      boolean cancelsFirst() {
        return todo.getFirst() instanceof Cancel && todo.size() > 1;
      }

      Course cancelled() {
        return todo.getFirst() instanceof Cancel
            ? next()
            : with(todo.stream().filter(step -> !(step instanceof Cancel)).toList());
      }

      /** Something was done after all, and is surely to be undone. */
      Compensating alsoUndo(FulfilmentStep step) {
        boolean known = todo.stream().anyMatch(it -> it.name().equals(step.name()));
        return known
            ? with(todo.stream().map(it -> it.name().equals(step.name()) ? step : it).toList())
            : with(joined(todo, List.of(step)));
      }

      private Compensating with(List<FulfilmentStep> steps) {
        return new Compensating(steps, reason, attempts, failure);
      }
    }

    record Fulfilled() implements Course {}

    record Compensated(String reason) implements Course {}

    /** What it does now; null when it only waits, or has ended. */
    default @Nullable FulfilmentStep step() {
      return switch (this) {
        case Fulfilling it -> it.todo().getFirst();
        case Dispatching it -> it.todo().getFirst();
        case Compensating it -> it.todo().getFirst();
        case NotBegun _, Confirmed _, Fulfilled _, Compensated _ -> null;
      };
    }

    default int attempts() {
      return 1;
    }

    /** Why the step in progress failed. */
    default @Nullable String failure() {
      return null;
    }

    /** What it waits for an answer to. */
    default @Nullable Question question() {
      var step = step();
      return step == null || failure() != null ? null : new Question(step.name(), attempts());
    }

    default boolean isDoing(String name) {
      var step = step();
      return step != null && step.name().equals(name);
    }

    default String doing() {
      var step = step();
      return step == null ? "WAITING" : step.doing();
    }

    default String because(String rejection) {
      var step = step();
      return step == null ? rejection : step.name() + ": " + rejection;
    }

    private static List<FulfilmentStep> rest(List<FulfilmentStep> steps) {
      return List.copyOf(steps.subList(1, steps.size()));
    }

    private static List<FulfilmentStep> joined(List<FulfilmentStep> a, List<FulfilmentStep> b) {
      return Stream.concat(a.stream(), b.stream()).toList();
    }
  }
}
