package dev.foldstream.benchmarks.wallet;

/** What happened to a wallet. */
public sealed interface WalletEvent {
  record Added(long amount, String note) implements WalletEvent {}
}
