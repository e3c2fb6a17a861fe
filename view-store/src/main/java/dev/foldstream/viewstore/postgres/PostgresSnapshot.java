package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Comparison;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * A transaction that sees the live version, rows and positions, as it was when the transaction
 * began. The live version goes on meanwhile.
 */
final class PostgresSnapshot implements AutoCloseable {

  private final Jdbi jdbi;
  private final Handle handle;
  private final ViewVersion live;
  private final Map<TopicPartitionName, Position> positions;

  private PostgresSnapshot(
      Jdbi jdbi, Handle handle, ViewVersion live, Map<TopicPartitionName, Position> positions) {
    this.jdbi = jdbi;
    this.handle = handle;
    this.live = live;
    this.positions = positions;
  }

  static PostgresSnapshot open(Jdbi jdbi, ViewDefinition view) {
    Handle handle = jdbi.open();
    try {
      handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
      handle.begin();
      handle.execute("set local idle_in_transaction_session_timeout = 0");
      int live = PostgresRegistry.liveVersion(handle, view).orElseThrow();
      return new PostgresSnapshot(
          jdbi, handle, new ViewVersion(view, live), PostgresRebuilds.positions(handle, view));
    } catch (RuntimeException failure) {
      handle.close();
      throw failure;
    }
  }

  Map<TopicPartitionName, Position> positions() {
    return positions;
  }

  /** The built version must have been brought to the positions and stand still. */
  Comparison compare(ViewVersion built) {
    return jdbi.withHandle(
        other -> new PostgresComparison(handle, live, other, built).compare(positions));
  }

  @Override
  public void close() {
    try {
      handle.rollback();
    } finally {
      handle.close();
    }
  }
}
