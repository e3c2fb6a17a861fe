package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.outcomes.OutcomeCodec;
import dev.foldstream.eventstore.quarantine.QuarantineCodec;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;

/** Everything that turns what a decision reads and writes into bytes and back. */
public record DecisionWire(
    WireCodec codec, SchemaFiles files, OutcomeCodec outcomes, QuarantineCodec quarantined) {

  public static DecisionWire of(SchemaRegistry registry, SchemaFiles files) {
    return new DecisionWire(
        new WireCodec(registry, files),
        files,
        new OutcomeCodec(registry),
        new QuarantineCodec(registry));
  }
}
