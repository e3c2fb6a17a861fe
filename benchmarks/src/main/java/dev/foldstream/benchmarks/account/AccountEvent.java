package dev.foldstream.benchmarks.account;

import java.time.Instant;

/** What happened to an account. */
public sealed interface AccountEvent {
  record Changed(
      String name, long amount, String status, String city, Instant updated, long seq, String note)
      implements AccountEvent {}
}
