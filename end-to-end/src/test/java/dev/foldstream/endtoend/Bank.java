package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.endtoend.Caller.Answer;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Callers of two instances who never give up: whoever gets no outcome asks at the Location, or
 * sends the same command again to the other instance. Keeps the first outcome of each.
 */
final class Bank {

  private static final int MAX_TRIES = 60;
  private static final String ACCOUNT =
      "{\"owner\":\"A\",\"email\":\"a@b.c\",\"currency\":\"EUR\"}";
  private static final String MUCH = "{\"orderId\":\"o-1\",\"amount\":\"1000000.00\"}";

  private final String prefix = Shop.newId("bank");
  private final Map<String, JsonNode> firstOutcomes = new ConcurrentHashMap<>();

  /** One command with the id it keeps. */
  record Order(String id, String account, String command, String body) {
    String path() {
      return "/commands/commerce/account/%s/%s".formatted(account, command);
    }

    String location() {
      return "/commands/commerce/account/%s/outcomes/%s".formatted(account, id);
    }
  }

  String account(int number) {
    return prefix + "-" + number;
  }

  Order open(int account) {
    return order(account, "open", "OpenAccount", ACCOUNT);
  }

  Order deposit(int account, String id) {
    return order(account, id, "DepositMoney", "{\"amount\":\"1.00\"}");
  }

  /** Always refused. */
  Order charge(int account, String id) {
    return order(account, id, "ChargeAccount", MUCH);
  }

  private Order order(int account, String id, String command, String body) {
    return new Order(account(account) + "-" + id, account(account), command, body);
  }

  Map<String, JsonNode> firstOutcomes() {
    return firstOutcomes;
  }

  long accepted() {
    return firstOutcomes.values().stream()
        .filter(outcome -> outcome.path("outcome").asText().equals("accepted"))
        .count();
  }

  /** Sends once to each of these in turn until somebody knows what became of it. */
  JsonNode settle(Order order, List<Caller> instances) {
    for (int i = 0; i < MAX_TRIES; i++) {
      var outcome = send(order, instances.get(i % instances.size()));
      if (outcome.isPresent()) {
        JsonNode first = firstOutcomes.putIfAbsent(order.id(), outcome.get());
        assertThat(outcome.get())
            .as(order.toString())
            .isEqualTo(first == null ? outcome.get() : first);
        return outcome.get();
      }
    }
    throw new AssertionError("no outcome after " + MAX_TRIES + " tries: " + order);
  }

  private static Optional<JsonNode> send(Order order, Caller instance) {
    try {
      return outcome(
          instance.post(
              order.path(), order.body(), "Idempotency-Key", order.id(), "Prefer", "wait=5"));
    } catch (UncheckedIOException gone) {
      return Optional.empty();
    }
  }

  /** What is the same in every answer to one command; none when the outcome is not known yet. */
  static Optional<JsonNode> outcome(Answer answer) {
    return switch (answer.status()) {
      case 200 -> Optional.of(answer.json());
      case 422 -> {
        assertThat(answer.problem()).isEqualTo("rejected");
        yield Optional.of(answer.json());
      }
      case 503, 504 -> Optional.empty();
      default -> throw new AssertionError(answer.status() + ": " + answer.body());
    };
  }
}
