package dev.foldstream.endtoend.tradingday;

import static dev.foldstream.endtoend.tradingday.Counter.fields;

import dev.foldstream.endtoend.tradingday.Catalogue.Customer;
import dev.foldstream.endtoend.tradingday.Shop.Purchase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** What goes wrong on any day: commands that are refused, and a few that replace earlier ones. */
final class Mishaps {

  private static final int EACH = 5;

  private final Schedule schedule;
  private final Counter counter;
  private final Shop shop;
  private final Random random;

  Mishaps(Schedule schedule, Counter counter, Shop shop, Random random) {
    this.schedule = schedule;
    this.counter = counter;
    this.shop = shop;
    this.random = random;
  }

  void plan(Instant opening) {
    List<Runnable> kinds =
        List.of(
            this::unknownOrder,
            this::emptyOrder,
            this::shipUnconfirmed,
            () -> with(shop.waiting, this::deliverTooEarly),
            () -> with(shop.waiting, this::placeOtherwise),
            () -> with(shop.shipped, this::cancelTooLate),
            () -> with(shop.shipped, this::shipOtherwise),
            () -> with(shop.cancelled, this::confirmCancelled),
            this::wrongDeposits,
            this::openOtherwise,
            this::chargeUnknownAccount,
            this::wrongReceipt,
            this::dispatchUnreserved,
            this::reserveTooMany,
            this::replaceReservation,
            this::replaceCharge);
    for (var kind : kinds) {
      for (int i = 0; i < EACH; i++) {
        var minutes = Duration.ofMinutes(270 + random.nextInt(420));
        schedule.at(opening.plus(minutes), kind);
      }
    }
  }

  private void with(List<Purchase> purchases, java.util.function.Consumer<Purchase> mishap) {
    if (!purchases.isEmpty()) {
      mishap.accept(purchases.get(random.nextInt(purchases.size())));
    }
  }

  private Customer anyone() {
    return shop.known().get(random.nextInt(shop.known().size()));
  }

  private String newId(String prefix) {
    return prefix + "-" + (9_000_000 + random.nextInt(1_000_000));
  }

  private void unknownOrder() {
    counter.send("order", newId("o"), "ConfirmOrder");
  }

  private void emptyOrder() {
    var customer = anyone();
    counter.send(
        "order",
        newId("o"),
        "PlaceOrder",
        "customerId",
        customer.id(),
        "currency",
        customer.currency(),
        "lines",
        List.of());
  }

  private void shipUnconfirmed() {
    var customer = anyone();
    var id = newId("o");
    var line = fields("sku", "gift-card", "quantity", 1, "unitPrice", "25.00");
    counter.send(
        "order",
        id,
        "PlaceOrder",
        "customerId",
        customer.id(),
        "currency",
        customer.currency(),
        "lines",
        List.of(line));
    schedule.afterMillis(900, () -> ship(id));
  }

  private void ship(String id) {
    counter.send("order", id, "ShipOrder", "carrier", "Blue Post", "trackingNumber", newId("T"));
  }

  private void deliverTooEarly(Purchase purchase) {
    counter.send("order", purchase.id, "DeliverOrder");
  }

  private void placeOtherwise(Purchase purchase) {
    counter.send(
        "order",
        purchase.id,
        "PlaceOrder",
        "customerId",
        newId("c"),
        "currency",
        purchase.customer.currency(),
        "lines",
        Shop.lines(purchase));
  }

  private void cancelTooLate(Purchase purchase) {
    counter.send("order", purchase.id, "CancelOrder", "reason", "arrives too late");
  }

  private void shipOtherwise(Purchase purchase) {
    ship(purchase.id);
  }

  private void confirmCancelled(Purchase purchase) {
    counter.send("order", purchase.id, "ConfirmOrder");
  }

  private void wrongDeposits() {
    var customer = anyone();
    counter.sendOnce("account", customer.id(), "DepositMoney", "amount", "0.00");
    var other = customer.currency().equals("EUR") ? "CHF" : "EUR";
    counter.sendOnce(
        "account", customer.id(), "DepositMoney", "amount", "20.00", "currency", other);
  }

  private void openOtherwise() {
    var customer = anyone();
    counter.send(
        "account",
        customer.id(),
        "OpenAccount",
        "owner",
        customer.owner(),
        "email",
        "new." + customer.email(),
        "currency",
        customer.currency());
  }

  private void chargeUnknownAccount() {
    counter.send("account", newId("c"), "ChargeAccount", "orderId", newId("o"), "amount", "10.00");
  }

  private void wrongReceipt() {
    counter.sendOnce("stock", "lamp-oak", "ReceiveStock", "quantity", 0);
  }

  private void dispatchUnreserved() {
    counter.send("stock", "lamp-oak", "DispatchStock", "orderId", newId("o"));
  }

  private void reserveTooMany() {
    counter.send("stock", "rug-linen", "ReserveStock", "orderId", newId("o"), "quantity", 5_000);
  }

  private void replaceReservation() {
    if (!shop.take("rug-slate", 2)) {
      return;
    }
    var show = newId("show");
    counter.sendOnce("stock", "rug-slate", "ReserveStock", "orderId", show, "quantity", 2);
    schedule.afterMillis(
        60_000,
        () ->
            counter.sendOnce("stock", "rug-slate", "ReserveStock", "orderId", show, "quantity", 1));
  }

  private void replaceCharge() {
    var customer = anyone();
    if (!shop.spend(customer.id(), 450)) {
      return;
    }
    var fee = newId("fee");
    counter.sendOnce("account", customer.id(), "ChargeAccount", "orderId", fee, "amount", "4.50");
    schedule.afterMillis(
        60_000,
        () ->
            counter.sendOnce(
                "account", customer.id(), "ChargeAccount", "orderId", fee, "amount", "2.25"));
  }
}
