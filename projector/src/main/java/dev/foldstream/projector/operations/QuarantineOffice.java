package dev.foldstream.projector.operations;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.projector.operations.OperationAnswers.EntryAnswer;
import dev.foldstream.projector.operations.OperationAnswers.QuarantineList;
import dev.foldstream.projector.operations.OperationAnswers.RequestAnswer;
import dev.foldstream.projector.projection.Projector;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineEntry.Kind;
import dev.foldstream.viewstore.QuarantineRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists what is set aside, leaves requests for the owners, and waits a while for what they do. */
@Singleton
final class QuarantineOffice {

  static final String REQUESTED = "requested";

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;
  private static final int MAX_REASON = 1_000;

  /** How long a caller waits for the owner, who looks once a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Projector projector;

  QuarantineOffice(Projector projector) {
    this.projector = projector;
  }

  static String reason(@Nullable String given) {
    if (given == null || given.isBlank() || given.length() > MAX_REASON) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "wanted {\"reason\": \"...\"} with 1 to %d characters; found %s"
              .formatted(MAX_REASON, given == null ? "none" : given.length() + " characters"));
    }
    return given;
  }

  QuarantineList page(
      String view, @Nullable String store, @Nullable Integer limit, @Nullable String cursor) {
    int most = limit == null ? DEFAULT_LIMIT : limit;
    if (most < 1 || most > MAX_LIMIT) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "limit is a number from 1 to %d; found %d".formatted(MAX_LIMIT, most));
    }
    return OperatedView.answered(
        () -> page(OperatedView.find(projector, view, store), most, Cursor.read(cursor)));
  }

  /** The store and the entry that a page ended with. */
  private record Cursor(String store, QuarantineEntry.Boundary after) {

    static @Nullable Cursor read(@Nullable String text) {
      if (text == null) {
        return null;
      }
      int colon = text.indexOf(':');
      var after = QuarantineEntry.Boundary.behind(text.substring(colon + 1));
      if (colon < 0 || after == null) {
        throw new ProblemException(
            ProblemType.INVALID_REQUEST,
            "cursor is what a page gave as next; found '%s'".formatted(text));
      }
      return new Cursor(text.substring(0, colon), after);
    }
  }

  private static QuarantineList page(List<OperatedView> views, int limit, @Nullable Cursor cursor) {
    var items = new ArrayList<EntryAnswer>();
    boolean reached = cursor == null;
    for (OperatedView view : views) {
      boolean here = cursor != null && view.store().equals(cursor.store());
      reached |= here;
      if (reached && items.size() <= limit) {
        view.operations()
            .page(
                view.version(),
                limit + 1 - items.size(),
                here && cursor != null ? cursor.after() : null)
            .forEach(entry -> items.add(answer(view, entry)));
      }
    }
    if (items.size() <= limit) {
      return new QuarantineList(items, null);
    }
    EntryAnswer last = items.get(limit - 1);
    return new QuarantineList(items.subList(0, limit), last.store() + ":" + last.id());
  }

  RequestAnswer request(
      String view,
      @Nullable String store,
      String id,
      QuarantineRequest.Action action,
      String reason) {
    return OperatedView.answered(
        () -> {
          var request = new QuarantineRequest(action, Metadata.ANONYMOUS, reason, Instant.now());
          for (OperatedView one : OperatedView.find(projector, view, store)) {
            Optional<QuarantineEntry> before = one.operations().entry(one.version(), id);
            if (before.isPresent() && one.operations().request(one.version(), id, request)) {
              return await(one, before.get());
            }
          }
          throw new ProblemException(
              ProblemType.UNKNOWN_QUARANTINE,
              "no event of '%s' waits under '%s'".formatted(view, id));
        });
  }

  private static RequestAnswer await(OperatedView view, QuarantineEntry before) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      QuarantineEntry now = view.operations().entry(view.version(), before.id()).orElse(null);
      String outcome = outcome(now);
      if (!outcome.equals(REQUESTED) || System.nanoTime() > until || !rested()) {
        return new RequestAnswer(before.id(), outcome, now == null ? null : answer(view, now));
      }
    }
  }

  private static String outcome(@Nullable QuarantineEntry now) {
    if (now == null) {
      return "applied";
    }
    if (now.kind() == Kind.DISCARDED) {
      return "discarded";
    }
    return now.request() == null ? "quarantined" : REQUESTED;
  }

  private static boolean rested() {
    try {
      Thread.sleep(LOOK_AGAIN);
      return true;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static EntryAnswer answer(OperatedView view, QuarantineEntry entry) {
    QuarantineRequest request = entry.request();
    return new EntryAnswer(
        entry.id(),
        view.store(),
        view.number(),
        entry.partition().topic(),
        entry.partition().partition(),
        entry.sequence(),
        entry.offset(),
        entry.aggregateId(),
        lower(entry.hold().scope()),
        entry.hold().key(),
        lower(entry.kind()),
        entry.cause(),
        entry.detail(),
        entry.attempts(),
        entry.since(),
        request == null ? null : lower(request.action()),
        request == null ? null : request.principal(),
        request == null ? null : request.reason(),
        request == null ? null : request.at());
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
