package dev.foldstream.commerce.account;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.testkit.ProjectionSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountBalanceProjectionTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final ProjectionSpec<AccountEvent, AccountBalance> none =
      ProjectionSpec.of(AccountBalanceProjection::new).from("commerce", "account");
  private final ProjectionSpec<AccountEvent, AccountBalance> opened =
      none.given("c-1", NOON, new AccountOpened("Ada", "ada@example.com", "EUR"));

  @Test
  void an_account_begins_with_nothing() {
    opened.then(Map.of("c-1", row("c-1", "0.00")));
  }

  @Test
  void deposits_and_refunds_add_and_charges_take_away() {
    var deposited = opened.given("c-1", NOON, new MoneyDeposited(money("100.00"), "EUR"));
    deposited.thenRow("c-1", row("c-1", "100.00"));
    var charged = deposited.given("c-1", NOON, new AccountCharged("o-1", money("60.05"), "EUR"));
    charged.thenRow("c-1", row("c-1", "39.95"));
    var refunded = charged.given("c-1", NOON, new ChargeRefunded("o-1", money("60.05"), "EUR"));
    refunded.thenRow("c-1", row("c-1", "100.00"));
  }

  @Test
  void accounts_do_not_touch_each_other() {
    opened
        .given("c-2", NOON, new AccountOpened("Ada", "ada@example.com", "EUR"))
        .given("c-2", NOON, new MoneyDeposited(money("1.00"), "EUR"))
        .then(Map.of("c-1", row("c-1", "0.00"), "c-2", row("c-2", "1.00")));
  }

  @Test
  void an_account_that_does_not_begin_with_its_opening_is_a_bug() {
    var broken = none.given("c-1", NOON, new MoneyDeposited(money("1.00"), "EUR"));
    assertThatIllegalStateException()
        .isThrownBy(() -> broken.then(Map.of()))
        .withMessageContaining("begins with AccountOpened");
  }

  private static AccountBalance row(String id, String balance) {
    return new AccountBalance(id, "Ada", "EUR", money(balance));
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
