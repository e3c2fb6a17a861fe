package dev.foldstream.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.commerce.order.OrderEvent.OrderDelivered;
import dev.foldstream.commerce.order.OrderEvent.OrderShipped;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Feature.Aggregate;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.schemas.compatibility.SchemaGate;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was stored in an old form is read by the records of today. The bytes and the schemas they
 * were written with lie in {@code src/test/resources/stored} and are never changed. They are read
 * by the codec that every host reads stored events with: for states, views and processes.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaEvolutionTest {

  private static final Path SCHEMAS = Path.of(System.getProperty("foldstream.root"), "schemas");
  private static final Path CURRENT = SCHEMAS.resolve("src/main/resources/META-INF/schemas");
  private static final Path RELEASED = SCHEMAS.resolve("released");

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final WireCodec codec = new WireCodec(registry, SchemaFiles.of(new CommerceDomain()));

  @TempDir Path folder;

  @Test
  void a_field_that_was_added_has_its_default() throws IOException {
    assertThat(stored("OrderDelivered")).isEqualTo(new OrderDelivered("c-1", null));
  }

  @Test
  void a_record_and_a_field_that_were_renamed_are_known_by_their_aliases() throws IOException {
    assertThat(stored("OrderSent")).isEqualTo(new OrderShipped("c-1", "Blue Post", "BP-77"));
  }

  @Test
  void a_form_that_no_default_or_alias_bridges_is_upcast() throws IOException {
    assertThat(stored("MoneyPaidIn")).isEqualTo(new MoneyDeposited(new BigDecimal("19.90"), "EUR"));
  }

  @Test
  void a_state_is_folded_from_old_and_new_events_alike() throws IOException {
    var opened = new AccountOpened("Ada", "ada@example.com", "EUR");
    var exactly = new ChargeAccount("o-1", new BigDecimal("19.90"), "EUR");
    var oneMore = new ChargeAccount("o-1", new BigDecimal("19.91"), "EUR");
    var history = List.of(opened, stored("MoneyPaidIn"));
    assertThat(decided(account(), history, exactly)).isInstanceOf(Decision.Accepted.class);
    assertThat(decided(account(), history, oneMore)).isInstanceOf(Decision.Rejected.class);
  }

  @Test
  void todays_schemas_are_registered_after_the_old_ones() throws IOException {
    for (var name : List.of("OrderDelivered", "OrderSent", "MoneyPaidIn")) {
      stored(name);
    }
    for (var feature : new CommerceDomain().features()) {
      if (feature instanceof Aggregate<?, ?, ?> aggregate) {
        codec.register(topic(aggregate.name()), aggregate.events());
      }
    }
    assertThat(registry.versions("commerce.order.events-commerce.order.OrderDelivered")).hasSize(2);
  }

  @Test
  void a_new_type_of_event_breaks_nothing() throws IOException {
    copy("", "", "");
    Files.copy(
        folder.resolve("commerce/order/OrderDelivered.avsc"),
        folder.resolve("commerce/order/OrderReturned.avsc"));
    assertThat(SchemaGate.between(folder, RELEASED).faults()).isEmpty();
  }

  @Test
  void a_field_without_a_default_breaks_the_build_and_is_named() throws IOException {
    copy("commerce/order/OrderDelivered.avsc", "\"default\": null,", "");
    assertThat(SchemaGate.between(folder, RELEASED).faults())
        .containsExactly(
            "commerce/order/OrderDelivered (released version 1): field receivedBy: is not in what"
                + " was stored and has no default");
  }

  @Test
  void another_type_of_a_field_breaks_the_build_and_is_named() throws IOException {
    copy("commerce/stock/StockReserved.avsc", "\"int\"", "\"string\"");
    assertThat(SchemaGate.between(folder, RELEASED).faults())
        .singleElement()
        .asString()
        .startsWith("commerce/stock/StockReserved (released version 1): field quantity: ");
  }

  @Test
  void the_file_of_an_old_form_has_to_stay() throws IOException {
    copy("", "", "");
    Files.delete(folder.resolve("commerce/account/MoneyPaidIn.avsc"));
    assertThat(SchemaGate.between(folder, RELEASED).faults())
        .containsExactly(
            "commerce/account/MoneyPaidIn: the file of a released event is gone; stored events need"
                + " it");
  }

  /** What a host makes of the stored bytes: a value of the wire format with the writer's schema. */
  private Record stored(String name) throws IOException {
    var schema = new Schema.Parser().parse(resource(name + ".avsc"));
    var aggregate = schema.getNamespace().substring("commerce.".length());
    int id = registry.register(topic(aggregate) + "-" + schema.getFullName(), schema);
    byte[] bytes = resource(name + ".bin").readAllBytes();
    var value = ByteBuffer.allocate(5 + bytes.length).put((byte) 0).putInt(id).put(bytes);
    return codec.decode(value.array());
  }

  private static InputStream resource(String name) throws IOException {
    try (var in = SchemaEvolutionTest.class.getResourceAsStream("/stored/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new ByteArrayInputStream(in.readAllBytes());
    }
  }

  private static String topic(String aggregate) {
    return "commerce." + aggregate + ".events";
  }

  private static Aggregate<?, ?, ?> account() {
    return new CommerceDomain()
        .features().stream()
            .<Aggregate<?, ?, ?>>mapMulti(
                (feature, into) -> {
                  if (feature instanceof Aggregate<?, ?, ?> it && it.name().equals("account")) {
                    into.accept(it);
                  }
                })
            .findFirst()
            .orElseThrow();
  }

  private static <C, S, E> Decision<E> decided(
      Aggregate<C, S, E> aggregate, List<? extends Record> history, Record command) {
    var decider = aggregate.decider();
    var events = history.stream().map(aggregate.events()::cast).toList();
    var metadata = new Metadata("m-1", "m-1", null, Metadata.ANONYMOUS);
    var context = new CommandContext("c-1", Instant.parse("2026-03-01T12:00:00Z"), metadata);
    return decider.decide(
        aggregate.commands().cast(command), decider.fold(decider.initial(), events), context);
  }

  /** Copies all schema files, with a change in one of them. */
  private void copy(String changed, String text, String other) throws IOException {
    List<Path> files;
    try (var all = Files.walk(CURRENT)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (var file : files) {
      var name = CURRENT.relativize(file).toString();
      var to = folder.resolve(name);
      Files.createDirectories(to.getParent());
      var schema = Files.readString(file);
      Files.writeString(to, name.equals(changed) ? schema.replace(text, other) : schema);
    }
  }
}
