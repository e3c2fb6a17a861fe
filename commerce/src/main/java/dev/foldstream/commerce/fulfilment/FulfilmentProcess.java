package dev.foldstream.commerce.fulfilment;

import static dev.foldstream.kernel.ProcessProgress.Outcome.COMPENSATED;
import static dev.foldstream.kernel.ProcessProgress.Outcome.COMPENSATING;
import static dev.foldstream.kernel.ProcessProgress.Outcome.DONE;
import static dev.foldstream.kernel.ProcessProgress.Outcome.FAILED;
import static dev.foldstream.kernel.ProcessProgress.Outcome.RUNNING;

import dev.foldstream.commerce.account.AccountEvent;
import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.commerce.events.CommerceEvent;
import dev.foldstream.commerce.fulfilment.Fulfilment.Course;
import dev.foldstream.commerce.fulfilment.Fulfilment.Course.Compensated;
import dev.foldstream.commerce.fulfilment.Fulfilment.Course.Compensating;
import dev.foldstream.commerce.fulfilment.Fulfilment.Course.Confirmed;
import dev.foldstream.commerce.fulfilment.Fulfilment.Course.Dispatching;
import dev.foldstream.commerce.fulfilment.Fulfilment.Course.Fulfilled;
import dev.foldstream.commerce.fulfilment.Fulfilment.Course.Fulfilling;
import dev.foldstream.commerce.fulfilment.Fulfilment.Course.NotBegun;
import dev.foldstream.commerce.fulfilment.FulfilmentNews.Answered;
import dev.foldstream.commerce.fulfilment.FulfilmentNews.Cancelled;
import dev.foldstream.commerce.fulfilment.FulfilmentNews.NoAnswer;
import dev.foldstream.commerce.fulfilment.FulfilmentNews.Other;
import dev.foldstream.commerce.fulfilment.FulfilmentNews.Placed;
import dev.foldstream.commerce.fulfilment.FulfilmentNews.Refused;
import dev.foldstream.commerce.fulfilment.FulfilmentNews.Retried;
import dev.foldstream.commerce.fulfilment.FulfilmentNews.Shipped;
import dev.foldstream.commerce.order.OrderEvent;
import dev.foldstream.commerce.stock.StockEvent;
import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReceived;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.kernel.ProcessManager;
import dev.foldstream.kernel.ProcessManager.Effect.StartTimer;
import dev.foldstream.kernel.ProcessManager.Effect.StopTimer;
import dev.foldstream.kernel.ProcessProgress.Outcome;
import dev.foldstream.kernel.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reserve, charge, confirm, dispatch; or undo what was done, in reverse. */
final class FulfilmentProcess
    implements ProcessManager<CommerceEvent, Fulfilment, FulfilmentMoved> {

  static final String NOT_BEGUN = "NOT_BEGUN";
  static final String ANSWER = "answer";

  private final Duration patience;

  /**
   * A process of a certain patience.
   *
   * @param patience how long one answer is waited for on the way to the confirmation
   */
  FulfilmentProcess(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Optional<String> processId(RecordedEvent<? extends CommerceEvent> recorded) {
    return Optional.ofNullable(
        switch (recorded.event()) {
          case OrderEvent _ -> recorded.stream().id();
          case StockEvent event -> orderOf(event);
          case AccountEvent event -> orderOf(event);
        });
  }

  private static @Nullable String orderOf(StockEvent event) {
    return switch (event) {
      case StockReceived _ -> null;
      case StockReserved e -> e.orderId();
      case StockReleased e -> e.orderId();
      case StockDispatched e -> e.orderId();
    };
  }

  private static @Nullable String orderOf(AccountEvent event) {
    return switch (event) {
      case AccountOpened _, MoneyDeposited _ -> null;
      case AccountCharged e -> e.orderId();
      case ChargeRefunded e -> e.orderId();
    };
  }

  @Override
  public Fulfilment initial() {
    return Fulfilment.NOT_BEGUN;
  }

  @Override
  public Fulfilment evolve(Fulfilment fulfilment, Input<CommerceEvent> input) {
    var news = FulfilmentNews.of(input);
    var orderId = news instanceof Placed placed ? placed.orderId() : fulfilment.orderId();
    return new Fulfilment(orderId, fulfilment.now(), next(fulfilment.now(), news));
  }

  private static Course next(Course course, FulfilmentNews news) {
    return switch (course) {
      case NotBegun it -> news instanceof Placed placed ? Fulfilling.begin(placed.order()) : it;
      case Fulfilling it -> next(it, news);
      case Confirmed it -> next(it, news);
      case Dispatching it -> next(it, news);
      case Compensating it -> next(it, news);
      case Compensated it -> next(it, news);
      case Fulfilled it -> it;
    };
  }

  private static Course next(Fulfilling course, FulfilmentNews news) {
    return switch (news) {
      case Answered(var step, _) when course.isDoing(step) -> course.next();
      case Refused(var step, var why) when course.isDoing(step) -> course.refused(why);
      case NoAnswer _ -> course.unanswered();
      case Cancelled(var why) -> course.cancelled(why);
      case Shipped _ -> course.left();
      case Answered _, Refused _, Placed _, Retried _, Other _ -> course;
    };
  }

  private static Course next(Confirmed course, FulfilmentNews news) {
    return switch (news) {
      case Shipped _ -> Dispatching.all(course.undo());
      case Cancelled(var why) -> Compensating.of(course.undo(), why);
      case Answered _, Refused _, NoAnswer _, Placed _, Retried _, Other _ -> course;
    };
  }

  private static Course next(Dispatching course, FulfilmentNews news) {
    return switch (news) {
      case Answered(var step, _) when course.isDoing(step) -> course.next();
      case Refused(var step, var why) when course.isDoing(step) -> course.failed(why);
      case Retried _ when course.failure() != null -> course.again();
      case Answered _, Refused _, Retried _ -> course;
      case NoAnswer _, Placed _, Shipped _, Cancelled _, Other _ -> course;
    };
  }

  private static Course next(Compensating course, FulfilmentNews news) {
    return switch (news) {
      case Answered(var step, _) when course.isDoing(step) -> course.next();
      case Answered(_, var undo) when undo != null -> course.alsoUndo(undo);
      case Refused(var step, var why) when course.isDoing(step) -> course.refused(why);
      case Cancelled _ -> course.cancelled();
      case Shipped _ when course.cancelsFirst() -> Dispatching.all(course.todo());
      case Retried _ when course.failure() != null -> course.again();
      case Answered _, Refused _, Shipped _, Retried _ -> course;
      case NoAnswer _, Placed _, Other _ -> course;
    };
  }

  /** What is done when it is not wanted any more is undone. */
  private static Course next(Compensated course, FulfilmentNews news) {
    return news instanceof Answered(_, var undo) && undo != null
        ? Compensating.of(List.of(undo), course.reason())
        : course;
  }

  /** An input that changes nothing asks for nothing. */
  @Override
  public List<Effect> react(Fulfilment fulfilment, Input<CommerceEvent> input) {
    var effects = new ArrayList<Effect>();
    if (fulfilment.stopsWaiting() && !(input instanceof Input.TimedOut<CommerceEvent>)) {
      effects.add(new StopTimer(ANSWER));
    }
    var step = fulfilment.begins();
    if (step != null) {
      effects.add(step.send(fulfilment.orderId()));
      if (fulfilment.now() instanceof Fulfilling) {
        effects.add(new StartTimer(ANSWER, patience));
      }
    }
    return effects;
  }

  @Override
  public FulfilmentMoved progress(Fulfilment fulfilment) {
    var asked = fulfilment.waitingFor();
    return switch (fulfilment.now()) {
      case NotBegun _ -> moved(NOT_BEGUN, "OrderPlaced", 1, RUNNING, null);
      case Fulfilling it -> moved(it.doing(), asked, 1, RUNNING, null);
      case Confirmed _ -> moved("CONFIRMED", "OrderShipped", 1, RUNNING, null);
      case Dispatching it when it.failure() == null ->
          moved(it.doing(), asked, it.attempts(), RUNNING, null);
      case Dispatching it -> moved(it.doing(), null, it.attempts(), FAILED, it.failure());
      case Compensating it when it.failure() == null ->
          moved(it.doing(), asked, it.attempts(), COMPENSATING, it.reason());
      case Compensating it -> moved(it.doing(), null, it.attempts(), FAILED, it.failure());
      case Fulfilled _ -> moved("DISPATCHED", null, 1, DONE, null);
      case Compensated(var why) -> moved("CANCELLED", null, 1, COMPENSATED, why);
    };
  }

  private static FulfilmentMoved moved(
      String step,
      @Nullable String waitingFor,
      int attempts,
      Outcome outcome,
      @Nullable String why) {
    return new FulfilmentMoved(step, waitingFor, attempts, outcome, why);
  }
}
