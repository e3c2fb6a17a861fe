package dev.foldstream.commerce.stock;

import dev.foldstream.commerce.events.CommerceEvent;

/** What has happened to the stock of one article. Names and components are the stored form. */
public sealed interface StockEvent extends CommerceEvent {

  int quantity();

  record StockReceived(int quantity) implements StockEvent {}

  record StockReserved(String orderId, int quantity) implements StockEvent {}

  record StockReleased(String orderId, int quantity) implements StockEvent {}

  record StockDispatched(String orderId, int quantity) implements StockEvent {}
}
