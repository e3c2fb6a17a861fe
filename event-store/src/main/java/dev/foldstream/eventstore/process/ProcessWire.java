package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.outcomes.OutcomeCodec;
import dev.foldstream.eventstore.wire.RegisteredCodec;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;

/** Everything that turns what a process reads and writes into bytes and back. */
public record ProcessWire(
    SchemaRegistry registry,
    WireCodec codec,
    SchemaFiles files,
    OutcomeCodec outcomes,
    RegisteredCodec<QuarantinedInput> quarantined,
    RegisteredCodec<HelplessProcess> helpless,
    RegisteredCodec<ProcessSummary> summaries) {

  public static ProcessWire of(SchemaRegistry registry, SchemaFiles files) {
    return new ProcessWire(
        registry,
        new WireCodec(registry, files),
        files,
        new OutcomeCodec(registry),
        new RegisteredCodec<>(registry, QuarantinedInput.class),
        new RegisteredCodec<>(registry, HelplessProcess.class),
        new RegisteredCodec<>(registry, ProcessSummary.class));
  }
}
