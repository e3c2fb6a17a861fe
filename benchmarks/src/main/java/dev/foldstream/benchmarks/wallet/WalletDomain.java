package dev.foldstream.benchmarks.wallet;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.List;

/** One aggregate type whose commands and events have about 200 bytes. */
public final class WalletDomain implements Domain {

  public static final String NAME = "bench";
  public static final String WALLET = "wallet";

  /** What makes a record about 200 bytes long, and is not all of one letter. */
  public static final String NOTE =
      "pay 0f3a9c17e2 to 77b1d04c5e for 3c5a9911d0 on behalf of 9e8f7d6c5b with reference"
          + " 1a2b3c4d5e6f7a8b9c0d and remarks 4f5e6d7c8b9a0f1e2d3c4b5a69788796";

  public static Feature.Aggregate<WalletCommand, Wallet, WalletEvent> wallet() {
    return Feature.Aggregate.of(
        WALLET, WalletCommand.class, Wallet.class, WalletEvent.class, new WalletDecider());
  }

  /** What the measurements of the read side query. */
  static Feature.View<WalletEvent, WalletRow> view() {
    return Feature.View.of("wallets", WalletEvent.class, WalletRow.class, new WalletProjection());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Feature> features() {
    return List.of(wallet(), view());
  }
}
