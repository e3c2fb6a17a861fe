package dev.foldstream.benchmarks.account;

import dev.foldstream.benchmarks.account.AccountDecider.Nothing;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;

/** Never asked: the events of the measurements are written by hand. */
final class AccountDecider implements Decider<AccountCommand, Nothing, AccountEvent> {

  record Nothing() {}

  @Override
  public Nothing initial() {
    return new Nothing();
  }

  @Override
  public Decision<AccountEvent> decide(
      AccountCommand command, Nothing state, CommandContext context) {
    return Decision.nothingToDo();
  }

  @Override
  public Nothing evolve(Nothing state, AccountEvent event) {
    return state;
  }
}
