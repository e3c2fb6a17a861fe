package dev.foldstream.commerce.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountCommand.DepositMoney;
import dev.foldstream.commerce.account.AccountCommand.OpenAccount;
import dev.foldstream.commerce.account.AccountCommand.RefundCharge;
import java.math.BigDecimal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountCommandTest {

  @ParameterizedTest
  @CsvSource({
    "19.9, 19.90",
    "19.90, 19.90",
    "19.9000, 19.90",
    "20, 20.00",
    "2E1, 20.00",
    "0, 0.00",
    "0E-999999999, 0.00",
    "-5, -5.00",
    "99999999999.99, 99999999999.99"
  })
  void an_amount_has_two_places_however_it_is_written(BigDecimal given, String kept) {
    assertThat(new DepositMoney(given, null).amount()).isEqualTo(new BigDecimal(kept));
    assertThat(new ChargeAccount("o-1", given, null).amount()).isEqualTo(new BigDecimal(kept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "19.999", "1E-999999999", "-0.001"})
  void an_amount_has_no_more_than_two_places(BigDecimal amount) {
    refused(
        () -> new DepositMoney(amount, null), "amount: wanted an amount with at most 2 decimal");
    refused(() -> new ChargeAccount("o-1", amount, null), "amount: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000000000", "-100000000000.00", "1E999999999", "1E+2147483647"})
  void an_amount_has_at_most_11_digits_before_the_point(BigDecimal amount) {
    refused(
        () -> new DepositMoney(amount, null), "amount: wanted an amount with at most 11 digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eur", "EURO", "E", "", "XYZ", "€"})
  void a_currency_is_an_iso_4217_code(String code) {
    refused(
        () -> new OpenAccount("Ada", "ada@example.com", code), "currency: wanted an ISO 4217 code");
    refused(() -> new DepositMoney(BigDecimal.ONE, code), "currency: ");
    refused(() -> new ChargeAccount("o-1", BigDecimal.ONE, code), "currency: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ada", "@example.com", "ada@", "a da@example.com", "ada@example.com "})
  void an_email_is_an_address(String email) {
    refused(() -> new OpenAccount("Ada", email, "EUR"), "email: wanted an address like");
  }

  @Test
  void owner_and_email_have_an_end() {
    refused(() -> new OpenAccount("x".repeat(201), "ada@example.com", "EUR"), "owner: ");
    refused(() -> new OpenAccount(" ", "ada@example.com", "EUR"), "owner: ");
    refused(() -> new OpenAccount("Ada", "x".repeat(250) + "@x.io", "EUR"), "email: ");
  }

  @Test
  void an_order_is_named_by_an_id() {
    refused(() -> new ChargeAccount("o/1", BigDecimal.ONE, null), "orderId: ");
    refused(() -> new RefundCharge(""), "orderId: ");
  }

  private static void refused(ThrowingCallable construction, String messageStart) {
    assertThatIllegalArgumentException()
        .isThrownBy(construction)
        .withMessageStartingWith(messageStart);
  }
}
