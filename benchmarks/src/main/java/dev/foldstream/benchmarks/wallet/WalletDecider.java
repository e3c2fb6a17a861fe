package dev.foldstream.benchmarks.wallet;

import dev.foldstream.benchmarks.wallet.WalletCommand.Add;
import dev.foldstream.benchmarks.wallet.WalletEvent.Added;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;

final class WalletDecider implements Decider<WalletCommand, Wallet, WalletEvent> {

  @Override
  public Wallet initial() {
    return new Wallet(0);
  }

  @Override
  public Decision<WalletEvent> decide(
      WalletCommand command, Wallet wallet, CommandContext context) {
    return switch (command) {
      case Add(var amount, var note) ->
          wallet.balance() + amount < 0
              ? Decision.reject(WalletRejection.NOT_ENOUGH)
              : Decision.accept(new Added(amount, note));
    };
  }

  @Override
  public Wallet evolve(Wallet wallet, WalletEvent event) {
    return switch (event) {
      case Added(var amount, var _) -> new Wallet(wallet.balance() + amount);
    };
  }
}
