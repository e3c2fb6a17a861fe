package dev.foldstream.commerce.stock;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state of one article's stock. It grows with the open reservations, never with history.
 *
 * @param reservations the reserved quantity of each order
 * @param closed how the latest reservations ended, oldest first: what makes a release or dispatch
 *     said again harmless
 */
record Stock(long onHand, Map<String, Integer> reservations, List<Closed> closed) {

  static final int MAX_CLOSED = 100;

  static final Stock NONE = new Stock(0, Map.of(), List.of());

  record Closed(String orderId, Ending ending) {}

  enum Ending {
    RELEASED,
    DISPATCHED
  }

  Stock {
    reservations = Collections.unmodifiableMap(new TreeMap<>(reservations));
    closed = List.copyOf(closed);
  }

  long reserved() {
    return reservations.values().stream().mapToLong(Integer::longValue).sum();
  }

  long available() {
    return onHand - reserved();
  }

  /** The quantity reserved for the order, 0 when there is none. */
  int reservedFor(String orderId) {
    return reservations.getOrDefault(orderId, 0);
  }

  boolean ended(String orderId, Ending ending) {
    return closed.contains(new Closed(orderId, ending));
  }

  Stock receive(int quantity) {
    return new Stock(onHand + quantity, reservations, closed);
  }

  Stock reserve(String orderId, int quantity) {
    var open = new TreeMap<>(reservations);
    open.put(orderId, quantity);
    return new Stock(onHand, open, closed);
  }

  Stock close(String orderId, Ending ending, int leaving) {
    var open = new TreeMap<>(reservations);
    open.remove(orderId);
    var latest = new ArrayList<>(closedBut(orderId));
    latest.add(new Closed(orderId, ending));
    var kept = latest.subList(Math.max(0, latest.size() - MAX_CLOSED), latest.size());
    return new Stock(onHand - leaving, open, kept);
  }

  private List<Closed> closedBut(String orderId) {
    return closed.stream().filter(it -> !it.orderId().equals(orderId)).toList();
  }
}
