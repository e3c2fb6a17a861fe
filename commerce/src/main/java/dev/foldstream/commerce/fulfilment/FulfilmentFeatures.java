package dev.foldstream.commerce.fulfilment;

import dev.foldstream.commerce.events.CommerceEvent;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Feature.Process;
import dev.foldstream.kernel.Feature.View;
import java.time.Duration;
import java.util.List;

/** The process {@code fulfilment} and the view of it. */
public final class FulfilmentFeatures {

  /** How long one answer is waited for, unless it is said otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private FulfilmentFeatures() {}

  public static List<Feature> all(Duration patience) {
    return List.of(
        Process.of(
            "fulfilment",
            CommerceEvent.class,
            Fulfilment.class,
            FulfilmentMoved.class,
            new FulfilmentProcess(patience)),
        View.of(
                "fulfilments",
                FulfilmentMoved.class,
                FulfilmentStatus.class,
                new FulfilmentStatusProjection())
            .index("outcome")
            .index("waitingFor", "since"));
  }
}
