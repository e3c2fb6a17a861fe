package dev.foldstream.benchmarks.wallet;

/** What a query sees of a wallet. */
public record WalletRow(long balance, long changes) {}
