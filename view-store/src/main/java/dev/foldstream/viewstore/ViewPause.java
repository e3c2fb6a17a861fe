package dev.foldstream.viewstore;

import java.time.Instant;

/** Somebody asked that a view stands still in this store. */
public record ViewPause(String principal, Instant since) {}
