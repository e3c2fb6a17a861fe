package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.endtoend.Caller.Answer;
import java.util.UUID;

/** What a caller of the example does, in its own words. */
final class Shop {

  static final String TWO_LAMPS =
      """
      {"customerId": "c-1", "currency": "EUR",
       "lines": [{"sku": "lamp", "quantity": 2, "unitPrice": "19.90"}]}
      """;

  private Shop() {}

  static String newId(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  static Answer place(String order) {
    return SharedInstallation.commands()
        .post("/commands/commerce/order/" + order + "/PlaceOrder", TWO_LAMPS);
  }

  static String placed(String order) {
    Answer answer = place(order);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.header("Foldstream-Token");
  }

  /** The row as soon as it has seen what the token names. */
  static Answer order(String order, String token) {
    return SharedInstallation.queries()
        .get("/views/order-details/" + order, "Foldstream-Token", token, "Prefer", "wait=30");
  }
}
