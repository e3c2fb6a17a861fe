package dev.foldstream.eventstore.process;

import dev.foldstream.kernel.ProcessProgress.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one process.
 *
 * @param stateVersion under which the state was written
 * @param state none before the first input was taken
 * @param version of its last progress, 0 before the first
 * @param progress the last one told, as it lies in its topic; none before the first
 * @param outcome of the last progress
 * @param correlationId of the last event it took
 * @param timersStarted how many timers it ever started
 * @param pending its commands without an outcome yet, by id, with their names
 * @param timers those that run, by name
 * @param seen the version of the last event taken, by {@code <aggregate>/<id>}
 * @param heldFrom the number of the first input that is held
 * @param heldTo the number after the last input that is held
 * @param standing why it stands still, or null when it goes on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ProcessEntry(
    int stateVersion,
    byte[] state,
    long version,
    byte[] progress,
    Outcome outcome,
    String correlationId,
    long timersStarted,
    Map<String, String> pending,
    Map<String, Timer> timers,
    Map<String, Long> seen,
    long heldFrom,
    long heldTo,
    @Nullable Standing standing) {

  /** One start of a timer. */
  record Timer(long number, long dueMillis) {}

  static ProcessEntry begun(int stateVersion) {
    return new ProcessEntry(
        stateVersion,
        new byte[0],
        0,
        new byte[0],
        Outcome.RUNNING,
        "",
        0,
        Map.of(),
        Map.of(),
        Map.of(),
        0,
        0,
        null);
  }

  long held() {
    return heldTo - heldFrom;
  }

  /** The group it is counted in. */
  Group group() {
    return standing != null ? Group.STANDING_STILL : Group.of(outcome);
  }

  ProcessEntry without(String commandId) {
    var left = new LinkedHashMap<>(pending);
    left.remove(commandId);
    return with(left, timers, seen, correlationId);
  }

  ProcessEntry withoutTimer(String timer) {
    var left = new LinkedHashMap<>(timers);
    left.remove(timer);
    return with(pending, left, seen, correlationId);
  }

  ProcessEntry seeing(String stream, long eventVersion, String correlation) {
    var all = new LinkedHashMap<>(seen);
    all.put(stream, eventVersion);
    return with(pending, timers, all, correlation);
  }

  private ProcessEntry with(
      Map<String, String> nextPending,
      Map<String, Timer> nextTimers,
      Map<String, Long> nextSeen,
      String correlation) {
    return new ProcessEntry(
        stateVersion,
        state,
        version,
        progress,
        outcome,
        correlation,
        timersStarted,
        nextPending,
        nextTimers,
        nextSeen,
        heldFrom,
        heldTo,
        standing);
  }

  /** With one more input held at the end. */
  ProcessEntry holdingOneMore() {
    return held(heldFrom, heldTo + 1, standing);
  }

  /** With the first input that was held taken. */
  ProcessEntry holdingOneLess() {
    return held(heldFrom + 1, heldTo, standing);
  }

  ProcessEntry standing(@Nullable Standing why) {
    return held(heldFrom, heldTo, why);
  }

  private ProcessEntry held(long from, long to, @Nullable Standing why) {
    return new ProcessEntry(
        stateVersion,
        state,
        version,
        progress,
        outcome,
        correlationId,
        timersStarted,
        pending,
        timers,
        seen,
        from,
        to,
        why);
  }

  /** After a reaction. */
  ProcessEntry after(Reaction reaction) {
    Reaction.Told told = reaction.told();
    return new ProcessEntry(
        reaction.stateVersion(),
        reaction.state(),
        told == null ? version : version + 1,
        told == null ? progress : told.value(),
        reaction.outcome(),
        correlationId,
        reaction.timersStarted(),
        reaction.pending(),
        reaction.timers(),
        seen,
        heldFrom,
        heldTo,
        standing);
  }
}
