package dev.foldstream.benchmarks.wallet;

/** What is asked of a wallet. */
public sealed interface WalletCommand {
  record Add(long amount, String note) implements WalletCommand {}
}
