package dev.foldstream.benchmarks.account;

/** What is asked of an account. */
public sealed interface AccountCommand {
  record Change(long amount) implements AccountCommand {}
}
