package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.process.ProcessEntry.Timer;
import dev.foldstream.kernel.ProcessProgress.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one input, ready to be written: nothing in it can be refused any more.
 *
 * @param told the progress, when it has changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reaction(
    int stateVersion,
    byte[] state,
    Outcome outcome,
    @Nullable Told told,
    List<Sent> sent,
    long timersStarted,
    Map<String, String> pending,
    Map<String, Timer> timers) {

  /** A progress record. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Told(String type, byte[] value) {}

  /** A command. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sent(String commandId, String aggregate, String id, String type, byte[] value) {}
}
