package dev.foldstream.benchmarks.query;

import dev.foldstream.commerce.CommerceDomain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import java.util.List;

/** The view {@code order-details} with a million rows, and a token that it has reached. */
final class Orders {

  static final int ROWS = 1_000_000;
  static final int PARTITIONS = 6;

  private static final String TOPIC = "commerce.order.events";
  private static final String FILL =
      """
      insert into commerce_order_details__v1 (row_key, revision, order_id, customer_id, status,
          currency, total, lines, placed_at, updated_at, reason)
        select 'o-' || n, 3, 'o-' || n, 'c-' || n %% 1000,
               (array['PLACED', 'CONFIRMED', 'SHIPPED', 'DELIVERED'])[1 + n %% 4], 'EUR',
               (n * 7919::bigint %% 50000) / 100.0,
               jsonb_build_array(
                 jsonb_build_object('sku', 's-' || n %% 500, 'quantity', 2, 'unitPrice', '19.90'),
                 jsonb_build_object('sku', 's-' || n %% 300, 'quantity', 1, 'unitPrice', '5.00')),
               timestamptz '2026-01-01' + n * interval '1 second', timestamptz '2026-02-01', null
          from generate_series(0, %d - 1) as n
      """
          .formatted(ROWS);

  private Orders() {}

  static Token token() {
    return Token.of(TOPIC, 0, 1);
  }

  static void fill(Database database) {
    Feature.View<?, ?> feature =
        new CommerceDomain()
            .features().stream()
                .filter(Feature.View.class::isInstance)
                .map(Feature.View.class::cast)
                .filter(view -> view.name().equals("order-details"))
                .findFirst()
                .orElseThrow();
    try (var store = PostgresViewStore.open(database.settings())) {
      begin(store, new ViewDefinition("commerce", feature, List.of(TOPIC), PARTITIONS));
    }
    database.execute(FILL, "vacuum analyze commerce_order_details__v1");
  }

  /** Every partition is at its first event. */
  private static void begin(PostgresViewStore store, ViewDefinition view) {
    ViewVersion version = store.prepare(view);
    List<PositionMove> moves =
        store.claim(version, view.start().keySet(), "benchmark").entrySet().stream()
            .map(
                own ->
                    new PositionMove(
                        own.getKey(),
                        own.getValue().position(),
                        new Position(1, 1),
                        own.getValue().epoch()))
            .toList();
    store.commit(new ViewBatch(version, List.of(), moves));
  }
}
