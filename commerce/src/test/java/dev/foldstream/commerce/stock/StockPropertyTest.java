package dev.foldstream.commerce.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.commerce.stock.StockCommand.DispatchStock;
import dev.foldstream.commerce.stock.StockCommand.ReceiveStock;
import dev.foldstream.commerce.stock.StockCommand.ReleaseStock;
import dev.foldstream.commerce.stock.StockCommand.ReserveStock;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.testkit.RepeatedCommands;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StockPropertyTest {

  private static final CommandContext CONTEXT =
      new CommandContext(
          "lamp",
          Instant.parse("2026-03-02T12:00:00Z"),
          new Metadata("m-1", "m-1", null, Metadata.ANONYMOUS));

  @Property(tries = 500)
  void every_command_but_a_receipt_repeated_at_once_yields_no_events(
      @ForAll("commands") List<StockCommand> commands) {
    RepeatedCommands.of(new StockDecider())
        .except(ReceiveStock.class::isInstance)
        .run(commands, CONTEXT);
  }

  @Property(tries = 500)
  void stock_is_never_negative_and_never_promised_twice(
      @ForAll("commands") List<StockCommand> commands) {
    RepeatedCommands.of(new StockDecider())
        .except(_ -> true)
        .keeping(StockPropertyTest::isSound)
        .run(commands, CONTEXT);
  }

  private static void isSound(Stock stock) {
    assertThat(stock.onHand()).isNotNegative();
    assertThat(stock.available()).isNotNegative();
    assertThat(stock.reservations().values()).allMatch(quantity -> quantity > 0);
    assertThat(stock.closed()).hasSizeLessThanOrEqualTo(Stock.MAX_CLOSED);
  }

  @Property(tries = 500)
  void the_events_add_up_to_the_state(@ForAll("commands") List<StockCommand> commands) {
    var decider = new StockDecider();
    var events = RepeatedCommands.of(decider).except(_ -> true).run(commands, CONTEXT);
    long onHand = 0;
    long reserved = 0;
    for (var event : events) {
      int quantity = event.quantity();
      switch (event) {
        case StockEvent.StockReceived _ -> onHand += quantity;
        case StockEvent.StockReserved _ -> reserved += quantity;
        case StockEvent.StockReleased _ -> reserved -= quantity;
        case StockEvent.StockDispatched _ -> {
          onHand -= quantity;
          reserved -= quantity;
        }
      }
    }
    var state = decider.fold(decider.initial(), events);
    assertThat(state.onHand()).isEqualTo(onHand);
    assertThat(state.reserved()).isEqualTo(reserved);
  }

  @Provide
  Arbitrary<List<StockCommand>> commands() {
    var orders = Arbitraries.of("o-1", "o-2", "o-3");
    var quantities = Arbitraries.integers().between(-1, 8);
    Arbitrary<StockCommand> one =
        Arbitraries.oneOf(
            quantities.map(ReceiveStock::new),
            Combinators.combine(orders, quantities).as(ReserveStock::new),
            orders.map(ReleaseStock::new),
            orders.map(DispatchStock::new));
    return one.list().ofMaxSize(30);
  }
}
