package dev.foldstream.viewstore.elasticsearch;

import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.Rebuild.Progress;
import dev.foldstream.viewstore.rebuild.RebuildRules.Wanted;
import dev.foldstream.viewstore.rebuild.RebuildState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a rebuild, step by step. */
final class Rebuilds {

  private Rebuilds() {}

  static Rebuild begun(Wanted wanted, long epoch) {
    return new Rebuild(
        wanted.kind(),
        wanted.version(),
        RebuildState.WAITING,
        null,
        wanted.changed(),
        epoch,
        null,
        Asked.NOTHING,
        Progress.NONE,
        Instant.now(),
        null,
        null);
  }

  static Rebuild owned(Rebuild before, @Nullable String owner, long epoch) {
    return new Rebuild(
        before.kind(),
        before.version(),
        before.state(),
        before.reason(),
        before.changed(),
        epoch,
        owner,
        before.asked(),
        before.progress(),
        before.startedAt(),
        before.endedAt(),
        before.comparison());
  }

  static Rebuild asked(Rebuild before, Asked asked) {
    return new Rebuild(
        before.kind(),
        before.version(),
        before.state(),
        before.reason(),
        before.changed(),
        before.epoch(),
        before.owner(),
        asked,
        before.progress(),
        before.startedAt(),
        before.endedAt(),
        before.comparison());
  }

  static Rebuild at(
      Rebuild before, RebuildState state, @Nullable String reason, Progress progress) {
    return new Rebuild(
        before.kind(),
        before.version(),
        state,
        reason,
        before.changed(),
        before.epoch(),
        before.owner(),
        before.asked(),
        progress,
        before.startedAt(),
        before.endedAt(),
        before.comparison());
  }

  static Rebuild compared(Rebuild before, Comparison comparison) {
    return new Rebuild(
        before.kind(),
        before.version(),
        before.state(),
        before.reason(),
        before.changed(),
        before.epoch(),
        before.owner(),
        before.asked(),
        before.progress(),
        before.startedAt(),
        before.endedAt(),
        comparison);
  }

  static Rebuild ended(Rebuild before, RebuildState state, @Nullable String reason) {
    return new Rebuild(
        before.kind(),
        before.version(),
        state,
        reason,
        before.changed(),
        before.epoch(),
        null,
        before.asked(),
        before.progress(),
        before.startedAt(),
        Instant.now(),
        before.comparison());
  }
}
