package dev.foldstream.eventstore.counter;

public record Counter(long total) {}
