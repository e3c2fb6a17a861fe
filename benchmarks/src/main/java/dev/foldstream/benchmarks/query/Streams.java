package dev.foldstream.benchmarks.query;

import dev.foldstream.benchmarks.wallet.WalletDomain;
import dev.foldstream.benchmarks.wallet.WalletEvent;
import dev.foldstream.benchmarks.wallet.WalletEvent.Added;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import dev.foldstream.viewstore.journal.Journal;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;

/** A journal of a million events: 10,000 wallets with 100 each. */
final class Streams {

  static final int WALLETS = 10_000;
  static final int EVENTS_EACH = 100;

  private static final String TOPIC = TopicNames.events(WalletDomain.NAME, WalletDomain.WALLET);

  /** All have one value; the events of a wallet lie apart, as they do when many are written to. */
  private static final String FILL =
      """
      insert into foldstream_journal (topic, id, version, partition, sequence, log_offset, event_id,
          type, occurred_at, recorded_at, command_id, correlation_id, causation_id,
          command_cause_id, principal, value)
        select '%s', 'wallet-' || wallet, version, wallet %% 6, (version - 1) * %d + wallet,
               (version - 1) * %d + wallet, wallet || '-' || version || ':1', 'bench.wallet.Added',
               timestamptz '2026-01-01' + version * interval '1 second', timestamptz '2026-01-02',
               wallet || '-' || version, wallet || '-' || version, wallet || '-' || version, null,
               'anonymous', decode(':value', 'hex')
          from generate_series(1, %d) as version, generate_series(0, %d - 1) as wallet
      """
          .formatted(TOPIC, WALLETS, WALLETS, EVENTS_EACH, WALLETS);

  private Streams() {}

  static void fill(Database database, String registry) {
    try (var store = PostgresViewStore.open(database.settings())) {
      store.journal().prepare(Journal.over(List.of(TOPIC), Orders.PARTITIONS));
    }
    database.execute(FILL.replace(":value", value(registry)), "vacuum analyze foldstream_journal");
  }

  private static String value(String registry) {
    var codec =
        new WireCodec(
            new ConfluentSchemaRegistry(URI.create(registry)), SchemaFiles.of(new WalletDomain()));
    codec.register(TOPIC, WalletEvent.class);
    return HexFormat.of().formatHex(codec.encode(TOPIC, new Added(7, WalletDomain.NOTE)));
  }
}
