package dev.foldstream.commerce.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountCommand.DepositMoney;
import dev.foldstream.commerce.account.AccountCommand.OpenAccount;
import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.events.CommerceEvent;
import dev.foldstream.commerce.order.OrderCommand.CancelOrder;
import dev.foldstream.commerce.order.OrderCommand.PlaceOrder;
import dev.foldstream.commerce.order.OrderCommand.ShipOrder;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import dev.foldstream.commerce.order.OrderLine;
import dev.foldstream.commerce.stock.StockCommand.ReceiveStock;
import dev.foldstream.commerce.stock.StockCommand.ReserveStock;
import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.kernel.ProcessProgress.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Many ways in which the same few things can follow each other, by seed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FulfilmentInterleavingsTest {

  private static final int SEEDS = 2_000;
  private static final BigDecimal PRICE = new BigDecimal("10.00");
  private static final int PIECES = 4;

  private static Shop shop(long seed) {
    var chance = new Random(~seed);
    var shop = new Shop(seed);
    shop.begin("stock", "lamp", new ReceiveStock(4));
    shop.begin("stock", "desk", new ReceiveStock(2));
    if (chance.nextInt(10) > 0) {
      shop.begin("account", "c-1", new OpenAccount("Ada", "ada@example.com", "EUR"));
      shop.begin("account", "c-1", new DepositMoney(new BigDecimal("60.00"), null));
    }
    var lines = List.of(line("lamp", 2), line("desk", 1), line("lamp", 1));
    shop.some("order", "o-1", new PlaceOrder("c-1", "EUR", lines));
    if (chance.nextInt(3) == 0) {
      shop.some("stock", "desk", new ReserveStock("o-2", 2));
    }
    if (chance.nextInt(3) == 0) {
      shop.some("account", "c-1", new ChargeAccount("o-2", new BigDecimal("30.00"), null));
    }
    if (chance.nextInt(3) == 0) {
      shop.some("order", "o-1", new CancelOrder("changed my mind"));
    }
    for (int attempt = chance.nextInt(4); attempt > 0; attempt--) {
      shop.some("order", "o-1", new ShipOrder("Blue Post", "BP-1"));
    }
    return shop;
  }

  private static OrderLine line(String sku, int quantity) {
    return new OrderLine(sku, quantity, PRICE);
  }

  @Test
  void whatever_comes_when_an_order_is_confirmed_in_full_or_nothing_of_it_is_left() {
    var endings = new TreeMap<String, Integer>();
    for (long seed = 0; seed < SEEDS; seed++) {
      var shop = shop(seed);
      shop.run();
      var ending = new Ending(shop.history(), shop.progress());
      ending.check("seed " + seed);
      assertThat(shop.isWaiting()).as("seed %d: a timer is left", seed).isFalse();
      endings.merge(shop.progress().step(), 1, Integer::sum);
    }
    assertThat(endings.keySet()).containsExactly("CANCELLED", "CONFIRMED", "DISPATCHED");
    assertThat(endings.values()).allMatch(count -> count > SEEDS / 50);
  }

  private record Ending(List<CommerceEvent> history, FulfilmentMoved progress) {

    void check(String seed) {
      var as = seed + ": " + progress + " after " + history;
      if (has(OrderCancelled.class)) {
        assertThat(progress.outcome()).as(as).isEqualTo(Outcome.COMPENSATED);
        check(as, 0, 0, 0);
      } else if (has(OrderShipped.class)) {
        assertThat(progress.outcome()).as(as).isEqualTo(Outcome.DONE);
        check(as, 0, PIECES, PIECES);
      } else {
        assertThat(has(OrderConfirmed.class)).as(as).isTrue();
        assertThat(progress.step()).as(as).isEqualTo("CONFIRMED");
        check(as, PIECES, 0, PIECES);
      }
    }

    private void check(String as, int reserved, int dispatched, int paid) {
      assertThat(reserved()).as(as).isEqualTo(reserved);
      assertThat(dispatched()).as(as).isEqualTo(dispatched);
      assertThat(charged()).as(as).isEqualByComparingTo(PRICE.multiply(BigDecimal.valueOf(paid)));
    }

    private boolean has(Class<?> event) {
      return history.stream().anyMatch(event::isInstance);
    }

    private int reserved() {
      return history.stream()
          .mapToInt(
              event ->
                  switch (event) {
                    case StockReserved e -> e.quantity();
                    case StockReleased e -> -e.quantity();
                    case StockDispatched e -> -e.quantity();
                    default -> 0;
                  })
          .sum();
    }

    private int dispatched() {
      return history.stream()
          .mapToInt(event -> event instanceof StockDispatched e ? e.quantity() : 0)
          .sum();
    }

    private BigDecimal charged() {
      return history.stream()
          .map(
              event ->
                  switch (event) {
                    case AccountCharged e -> e.amount();
                    case ChargeRefunded e -> e.amount().negate();
                    default -> BigDecimal.ZERO;
                  })
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }
}
