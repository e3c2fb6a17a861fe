package dev.foldstream.benchmarks.account;

import java.time.Instant;

/** A row: what the last event says, and the balance over all of them. */
public record Account(
    String name,
    long balance,
    String status,
    String city,
    Instant updated,
    long seq,
    String note) {}
