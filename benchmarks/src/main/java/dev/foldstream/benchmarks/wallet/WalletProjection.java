package dev.foldstream.benchmarks.wallet;

import dev.foldstream.benchmarks.wallet.WalletEvent.Added;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class WalletProjection implements Projection<WalletEvent, WalletRow> {

  @Override
  public Set<String> keys(RecordedEvent<? extends WalletEvent> event) {
    return Set.of(event.stream().id());
  }

  @Override
  public WalletRow apply(
      String key, @Nullable WalletRow row, RecordedEvent<? extends WalletEvent> event) {
    var before = row == null ? new WalletRow(0, 0) : row;
    return switch (event.event()) {
      case Added(var amount, var _) ->
          new WalletRow(before.balance() + amount, before.changes() + 1);
    };
  }
}
