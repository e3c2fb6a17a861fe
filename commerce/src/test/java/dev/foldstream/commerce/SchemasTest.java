package dev.foldstream.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountCommand.DepositMoney;
import dev.foldstream.commerce.account.AccountCommand.OpenAccount;
import dev.foldstream.commerce.account.AccountCommand.RefundCharge;
import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.commerce.account.MoneyPaidIn;
import dev.foldstream.commerce.fulfilment.FulfilmentMoved;
import dev.foldstream.commerce.order.OrderCommand.CancelOrder;
import dev.foldstream.commerce.order.OrderCommand.ConfirmOrder;
import dev.foldstream.commerce.order.OrderCommand.DeliverOrder;
import dev.foldstream.commerce.order.OrderCommand.PlaceOrder;
import dev.foldstream.commerce.order.OrderCommand.ShipOrder;
import dev.foldstream.commerce.order.OrderEvent.OrderCancelled;
import dev.foldstream.commerce.order.OrderEvent.OrderConfirmed;
import dev.foldstream.commerce.order.OrderEvent.OrderDelivered;
import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import dev.foldstream.commerce.order.OrderLine;
import dev.foldstream.commerce.stock.StockCommand.DispatchStock;
import dev.foldstream.commerce.stock.StockCommand.ReceiveStock;
import dev.foldstream.commerce.stock.StockCommand.ReleaseStock;
import dev.foldstream.commerce.stock.StockCommand.ReserveStock;
import dev.foldstream.commerce.stock.StockEvent.StockDispatched;
import dev.foldstream.commerce.stock.StockEvent.StockReceived;
import dev.foldstream.commerce.stock.StockEvent.StockReleased;
import dev.foldstream.commerce.stock.StockEvent.StockReserved;
import dev.foldstream.kernel.Feature.Aggregate;
import dev.foldstream.kernel.ProcessProgress.Outcome;
import dev.foldstream.schemas.check.DomainSchemasCheck;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemasTest {

  private static final BigDecimal PRICE = new BigDecimal("19.90");
  private static final List<OrderLine> LINES = List.of(new OrderLine("lamp", 2, PRICE));
  private static final Path RELEASED =
      Path.of(System.getProperty("foldstream.root"), "schemas", "released");
  private static final SchemaFiles FILES = SchemaFiles.of(new CommerceDomain());

  static List<Record> commands() {
    return List.of(
        new PlaceOrder("c-1", "EUR", LINES),
        new ConfirmOrder(),
        new ShipOrder("Blue Post", "BP-77"),
        new DeliverOrder("a neighbour"),
        new DeliverOrder(null),
        new CancelOrder("changed my mind"),
        new ReceiveStock(10),
        new ReserveStock("o-1", 2),
        new ReleaseStock("o-1"),
        new DispatchStock("o-1"),
        new OpenAccount("Ada", "ada@example.com", "EUR"),
        new DepositMoney(PRICE, "EUR"),
        new DepositMoney(PRICE, null),
        new ChargeAccount("o-1", PRICE, "EUR"),
        new ChargeAccount("o-1", PRICE, null),
        new RefundCharge("o-1"));
  }

  static List<Record> events() {
    return List.of(
        new OrderPlaced("c-1", "EUR", LINES, new BigDecimal("39.80")),
        new OrderConfirmed("c-1"),
        new OrderShipped("c-1", "Blue Post", "BP-77"),
        new OrderDelivered("c-1", "a neighbour"),
        new OrderDelivered("c-1", null),
        new OrderCancelled("c-1", "changed my mind"),
        new StockReceived(10),
        new StockReserved("o-1", 2),
        new StockReleased("o-1", 2),
        new StockReserved("o-2", 2),
        new StockDispatched("o-2", 2),
        new StockReserved("o-3", 3),
        new AccountOpened("Ada", "ada@example.com", "EUR"),
        new MoneyDeposited(PRICE, "EUR"),
        new AccountCharged("o-1", PRICE, "EUR"),
        new ChargeRefunded("o-1", PRICE, "EUR"),
        new AccountCharged("o-2", PRICE, "EUR"),
        new FulfilmentMoved("RELEASING", null, 2, Outcome.FAILED, "release lamp: NOT_RESERVED"));
  }

  @Test
  void every_command_and_event_has_a_schema_file_and_an_example_here() {
    var examples =
        List.of(commands(), events()).stream()
            .flatMap(List::stream)
            .<Class<? extends Record>>map(Record::getClass)
            .collect(Collectors.toSet());
    examples.add(MoneyPaidIn.class); // an old form; SchemaEvolutionTest reads it
    assertThat(FILES.records()).containsExactlyInAnyOrderElementsOf(examples);
  }

  @ParameterizedTest
  @MethodSource({"commands", "events"})
  void every_record_is_read_as_it_was_written(Record record) {
    var codec = new WireCodec(new InMemorySchemaRegistry(), FILES);
    codec.register("topic", record.getClass());
    assertThat(codec.decode(codec.encode("topic", record))).isEqualTo(record);
  }

  @Test
  void every_state_on_the_way_is_read_as_it_was_written() {
    for (var feature : new CommerceDomain().features()) {
      if (feature instanceof Aggregate<?, ?, ?> aggregate) {
        assertThat(statesKept(aggregate)).isGreaterThan(4);
      }
    }
  }

  @Test
  void the_files_fit_and_read_what_was_released() {
    assertThat(DomainSchemasCheck.faults(new CommerceDomain(), RELEASED)).isEmpty();
  }

  private static <C, S, E> int statesKept(Aggregate<C, S, E> aggregate) {
    var schema = RecordSchemas.schemaOf(aggregate.state(), "commerce." + aggregate.name());
    var codec = RecordCodec.of(aggregate.state(), schema);
    var decider = aggregate.decider();
    S state = decider.initial();
    int count = 1;
    assertThat(codec.decode(codec.encode(state))).isEqualTo(state);
    for (Record event : events()) {
      if (aggregate.events().isInstance(event)) {
        state = decider.evolve(state, aggregate.events().cast(event));
        assertThat(codec.decode(codec.encode(state))).isEqualTo(state);
        count++;
      }
    }
    return count;
  }
}
