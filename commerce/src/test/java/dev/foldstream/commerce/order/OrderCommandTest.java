package dev.foldstream.commerce.order;

import static dev.foldstream.commerce.order.Orders.ONE_DESK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldstream.commerce.order.OrderCommand.CancelOrder;
import dev.foldstream.commerce.order.OrderCommand.PlaceOrder;
import dev.foldstream.commerce.order.OrderCommand.ShipOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderCommandTest {

  @Test
  void a_customer_is_named_by_an_id() {
    refused(() -> new PlaceOrder("c 1", "EUR", List.of(ONE_DESK)), "customerId: an id is made of");
  }

  @Test
  void a_currency_is_an_iso_4217_code() {
    refused(
        () -> new PlaceOrder("c-1", "EURO", List.of(ONE_DESK)),
        "currency: wanted an ISO 4217 code like EUR; found 'EURO'");
    refused(() -> new PlaceOrder("c-1", "eur", List.of(ONE_DESK)), "currency: ");
  }

  @Test
  void a_line_is_named_by_its_index_and_component() {
    refused(
        () -> place(ONE_DESK, line("lamp", 0, "19.90")),
        "lines/1/quantity: wanted a number from 1 to 10000; found 0");
    refused(() -> place(line("lamp", 10_001, "19.90")), "lines/0/quantity: ");
    refused(
        () -> place(line("lamp", 1, "-0.01")),
        "lines/0/unitPrice: wanted 0 to 99999.99; found -0.01");
    refused(() -> place(line("lamp", 1, "100000")), "lines/0/unitPrice: ");
    refused(() -> place(line("lamp", 1, "1.999")), "lines/0/unitPrice: ");
    refused(() -> place(line("a lamp", 1, "1")), "lines/0/sku: ");
  }

  @Test
  void a_price_can_be_nothing() {
    assertThat(place(line("leaflet", 1, "0")).lines())
        .containsExactly(new OrderLine("leaflet", 1, new BigDecimal("0.00")));
  }

  @Test
  void an_order_has_at_most_100_lines() {
    assertThat(place(Collections.nCopies(100, ONE_DESK)).lines()).hasSize(100);
    refused(
        () -> place(Collections.nCopies(101, ONE_DESK)), "lines: wanted at most 100; found 101");
  }

  @Test
  void an_order_does_not_change_with_the_list_it_was_made_of() {
    var lines = new ArrayList<>(List.of(ONE_DESK));
    var command = place(lines);
    lines.clear();
    assertThat(command.lines()).containsExactly(ONE_DESK);
  }

  @Test
  void texts_are_neither_blank_nor_without_end() {
    refused(
        () -> new CancelOrder(" "), "reason: wanted 1 to 500 characters, not all blank; found ' '");
    refused(() -> new CancelOrder("x".repeat(501)), "reason: ");
    refused(() -> new ShipOrder("", "BP-77"), "carrier: ");
    refused(() -> new ShipOrder("Blue Post", "x".repeat(101)), "trackingNumber: ");
    assertThat(new CancelOrder("x".repeat(500)).reason()).hasSize(500);
  }

  private static OrderLine line(String sku, int quantity, String unitPrice) {
    return new OrderLine(sku, quantity, new BigDecimal(unitPrice));
  }

  private static PlaceOrder place(OrderLine... lines) {
    return place(List.of(lines));
  }

  private static PlaceOrder place(List<OrderLine> lines) {
    return new PlaceOrder("c-1", "EUR", lines);
  }

  private static void refused(ThrowingCallable construction, String messageStart) {
    assertThatIllegalArgumentException()
        .isThrownBy(construction)
        .withMessageStartingWith(messageStart);
  }
}
