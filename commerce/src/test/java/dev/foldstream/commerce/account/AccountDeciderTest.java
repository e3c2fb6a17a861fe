package dev.foldstream.commerce.account;

import static dev.foldstream.commerce.account.AccountRejection.ACCOUNT_ALREADY_OPEN;
import static dev.foldstream.commerce.account.AccountRejection.ACCOUNT_NOT_OPEN;
import static dev.foldstream.commerce.account.AccountRejection.AMOUNT_NOT_POSITIVE;
import static dev.foldstream.commerce.account.AccountRejection.CURRENCY_MISMATCH;
import static dev.foldstream.commerce.account.AccountRejection.INSUFFICIENT_FUNDS;

import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountCommand.DepositMoney;
import dev.foldstream.commerce.account.AccountCommand.OpenAccount;
import dev.foldstream.commerce.account.AccountCommand.RefundCharge;
import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.testkit.DeciderSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountDeciderTest {

  private static final OpenAccount OPEN = new OpenAccount("Ada", "ada@example.com", "EUR");
  private static final AccountOpened OPENED = new AccountOpened("Ada", "ada@example.com", "EUR");
  private static final MoneyDeposited DEPOSITED = new MoneyDeposited(money("100.00"), "EUR");
  private static final AccountCharged CHARGED = charged("o-1", "60.00");
  private static final ChargeRefunded REFUNDED = new ChargeRefunded("o-1", money("60.00"), "EUR");
  private static final RefundCharge REFUND = new RefundCharge("o-1");

  private final DeciderSpec<AccountCommand, Account, AccountEvent> account =
      DeciderSpec.of(new AccountDecider());
  private final DeciderSpec<AccountCommand, Account, AccountEvent> open = account.given(OPENED);
  private final DeciderSpec<AccountCommand, Account, AccountEvent> funded =
      account.given(OPENED, DEPOSITED);
  private final DeciderSpec<AccountCommand, Account, AccountEvent> charged =
      account.given(OPENED, DEPOSITED, CHARGED);

  @Test
  void an_account_is_opened_once() {
    account.when(OPEN).then(OPENED).andAgainNothing();
    charged.when(OPEN).thenNothing();
  }

  @Test
  void an_account_cannot_be_opened_again_otherwise() {
    open.when(new OpenAccount("Bo", "ada@example.com", "EUR")).thenRejected(ACCOUNT_ALREADY_OPEN);
    open.when(new OpenAccount("Ada", "bo@example.com", "EUR")).thenRejected(ACCOUNT_ALREADY_OPEN);
    open.when(new OpenAccount("Ada", "ada@example.com", "USD")).thenRejected(ACCOUNT_ALREADY_OPEN);
  }

  @Test
  void nothing_is_done_with_an_account_that_is_not_open() {
    account.when(deposit("1", null)).thenRejected(ACCOUNT_NOT_OPEN);
    account.when(charge("o-1", "1", null)).thenRejected(ACCOUNT_NOT_OPEN);
    account.when(REFUND).thenRejected(ACCOUNT_NOT_OPEN);
  }

  @Test
  void money_is_deposited_each_time_in_the_accounts_currency() {
    open.when(deposit("100", null)).then(DEPOSITED);
    funded.when(deposit("100.0", "EUR")).then(DEPOSITED);
  }

  @Test
  void nothing_or_less_is_neither_deposited_nor_charged() {
    open.when(deposit("0", null)).thenRejected(AMOUNT_NOT_POSITIVE);
    open.when(deposit("-1", "USD")).thenRejected(AMOUNT_NOT_POSITIVE);
    funded.when(charge("o-1", "0", null)).thenRejected(AMOUNT_NOT_POSITIVE);
    funded.when(charge("o-1", "-1", "USD")).thenRejected(AMOUNT_NOT_POSITIVE);
  }

  @Test
  void another_currency_is_neither_deposited_nor_charged() {
    open.when(deposit("1", "USD")).thenRejected(CURRENCY_MISMATCH);
    funded.when(charge("o-1", "1", "USD")).thenRejected(CURRENCY_MISMATCH);
    funded.when(charge("o-1", "1000", "USD")).thenRejected(CURRENCY_MISMATCH);
  }

  @Test
  void an_order_is_charged_once() {
    funded.when(charge("o-1", "60", null)).then(CHARGED).andAgainNothing();
    funded.when(charge("o-1", "60", "EUR")).then(CHARGED).andAgainNothing();
  }

  @Test
  void all_there_is_can_be_charged_and_no_more() {
    charged.when(charge("o-2", "40", null)).then(charged("o-2", "40.00")).andAgainNothing();
    charged.when(charge("o-2", "40.01", null)).thenRejected(INSUFFICIENT_FUNDS);
    open.when(charge("o-1", "0.01", null)).thenRejected(INSUFFICIENT_FUNDS);
  }

  @Test
  void another_amount_for_the_same_order_replaces_the_first() {
    charged
        .when(charge("o-1", "100", null))
        .then(REFUNDED, charged("o-1", "100.00"))
        .andAgainNothing();
    charged.when(charge("o-1", "10", null)).then(REFUNDED, charged("o-1", "10.00"));
  }

  @Test
  void a_charge_stays_when_the_larger_one_is_refused() {
    charged.when(charge("o-1", "100.01", null)).thenRejected(INSUFFICIENT_FUNDS);
  }

  @Test
  void a_charge_is_refunded_once() {
    charged.when(REFUND).then(REFUNDED).andAgainNothing();
  }

  @Test
  void refunding_what_was_never_charged_changes_nothing() {
    charged.when(new RefundCharge("o-2")).thenNothing();
  }

  @Test
  void what_was_refunded_can_be_charged_anew() {
    account
        .given(OPENED, DEPOSITED, CHARGED, REFUNDED)
        .when(charge("o-2", "100", null))
        .then(charged("o-2", "100.00"));
    account
        .given(OPENED, DEPOSITED, CHARGED, REFUNDED)
        .when(charge("o-1", "60", null))
        .then(CHARGED);
  }

  @Test
  void the_oldest_of_more_than_1000_charges_is_no_longer_known() {
    var events = new ArrayList<AccountEvent>();
    events.add(OPENED);
    events.add(new MoneyDeposited(money("5000.00"), "EUR"));
    events.add(CHARGED);
    for (int i = 0; i < Account.Open.MAX_CHARGES - 1; i++) {
      events.add(charged("x-" + i, "1.00"));
    }
    account.given(events.toArray(AccountEvent[]::new)).when(REFUND).then(REFUNDED);
    events.add(charged("y", "1.00"));
    account.given(events.toArray(AccountEvent[]::new)).when(REFUND).thenNothing();
  }

  @Test
  void an_event_out_of_place_leaves_the_state() {
    account.given(DEPOSITED, CHARGED, REFUNDED).when(OPEN).then(OPENED);
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  private static AccountCharged charged(String orderId, String amount) {
    return new AccountCharged(orderId, money(amount), "EUR");
  }

  private static DepositMoney deposit(String amount, @Nullable String currency) {
    return new DepositMoney(money(amount), currency);
  }

  private static ChargeAccount charge(String orderId, String amount, @Nullable String currency) {
    return new ChargeAccount(orderId, money(amount), currency);
  }
}
