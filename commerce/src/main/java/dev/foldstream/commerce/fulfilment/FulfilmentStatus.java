package dev.foldstream.commerce.fulfilment;

import dev.foldstream.kernel.ProcessProgress.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the fulfilment of an order is, and where it is stuck: the row of the view {@code
 * fulfilments}.
 *
 * @param waitingFor null when it waits for nothing
 * @param since when it came to this step or attempt
 * @param attempts how often this step was begun
 * @param reason why it was undone or has failed
 */
public record FulfilmentStatus(
    String orderId,
    String step,
    @Nullable String waitingFor,
    Instant since,
    int attempts,
    Outcome outcome,
    @Nullable String reason) {}
