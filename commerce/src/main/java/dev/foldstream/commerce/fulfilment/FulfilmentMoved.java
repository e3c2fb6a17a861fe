package dev.foldstream.commerce.fulfilment;

import dev.foldstream.kernel.ProcessProgress;
import org.jspecify.annotations.Nullable;

/**
 * The fulfilment of an order got on, or got stuck. Name and components are the stored form.
 *
 * @param step such as {@code RESERVING} or {@code REFUNDING}
 * @param waitingFor the aggregate that is to answer, {@code stock lamp}; {@code shipment} when the
 *     order is confirmed
 */
public record FulfilmentMoved(
    String step,
    @Nullable String waitingFor,
    int attempts,
    Outcome outcome,
    @Nullable String reason)
    implements ProcessProgress {}
