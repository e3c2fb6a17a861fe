package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.streams.StreamsSettings;

/** How one process type is run. */
public record ProcessSettings(StreamsSettings streams, ProcessStart start) {}
