package dev.foldstream.commerce.fulfilment;

import static dev.foldstream.kernel.ProcessProgress.Outcome.COMPENSATED;
import static dev.foldstream.kernel.ProcessProgress.Outcome.RUNNING;

import dev.foldstream.testkit.ProjectionSpec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FulfilmentStatusProjectionTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = Instant.parse("2026-03-01T12:00:30Z");

  private final ProjectionSpec<FulfilmentMoved, FulfilmentStatus> view =
      ProjectionSpec.of(FulfilmentStatusProjection::new)
          .from("commerce", "fulfilment")
          .evenUnguarded();

  @Test
  void a_row_tells_what_is_waited_for_since_when() {
    var reserving = new FulfilmentMoved("RESERVING", "stock lamp", 1, RUNNING, null);
    var cancelled = new FulfilmentMoved("CANCELLED", null, 1, COMPENSATED, "OUT_OF_STOCK");
    view.given("o-1", NOON, reserving)
        .thenRow(
            "o-1", new FulfilmentStatus("o-1", "RESERVING", "stock lamp", NOON, 1, RUNNING, null))
        .given("o-1", LATER, cancelled)
        .thenRow(
            "o-1",
            new FulfilmentStatus("o-1", "CANCELLED", null, LATER, 1, COMPENSATED, "OUT_OF_STOCK"));
  }

  @Test
  void what_has_not_begun_has_no_row() {
    view.given("o-1", NOON, new FulfilmentMoved("NOT_BEGUN", "OrderPlaced", 1, RUNNING, null))
        .then(Map.of());
  }
}
