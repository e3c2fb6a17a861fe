package dev.foldstream.commerce.order;

import dev.foldstream.commerce.order.OrderCommand.CancelOrder;
import dev.foldstream.commerce.order.OrderCommand.ConfirmOrder;
import dev.foldstream.commerce.order.OrderCommand.DeliverOrder;
import dev.foldstream.commerce.order.OrderCommand.PlaceOrder;
import dev.foldstream.commerce.order.OrderCommand.ShipOrder;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.testkit.RepeatedCommands;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OrderPropertyTest {

  private static final CommandContext CONTEXT =
      new CommandContext(
          "o-1",
          Instant.parse("2026-03-02T12:00:00Z"),
          new Metadata("m-1", "m-1", null, Metadata.ANONYMOUS));

  @Property(tries = 500)
  void every_command_repeated_at_once_yields_no_events(
      @ForAll("commands") List<OrderCommand> commands) {
    RepeatedCommands.of(new OrderDecider()).run(commands, CONTEXT);
  }

  @Provide
  Arbitrary<List<OrderCommand>> commands() {
    Arbitrary<OrderCommand> one =
        Arbitraries.oneOf(
            places(),
            Arbitraries.just(new ConfirmOrder()),
            Arbitraries.of("BP-1", "BP-2").map(number -> new ShipOrder("Blue Post", number)),
            Arbitraries.just(new DeliverOrder(null)),
            Arbitraries.of("late", "wrong").map(CancelOrder::new));
    return one.list().ofMaxSize(12);
  }

  private static Arbitrary<OrderCommand> places() {
    Arbitrary<OrderLine> line =
        Combinators.combine(
                Arbitraries.of("lamp", "desk"),
                Arbitraries.integers().between(1, 3),
                Arbitraries.of("19.9", "19.90", "0"))
            .as((sku, quantity, price) -> new OrderLine(sku, quantity, new BigDecimal(price)));
    return Combinators.combine(Arbitraries.of("EUR", "USD"), line.list().ofMaxSize(2))
        .as((currency, lines) -> new PlaceOrder("c-1", currency, lines));
  }
}
