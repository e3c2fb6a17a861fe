package dev.foldstream.commerce.account;

import static dev.foldstream.commerce.account.AccountRejection.ACCOUNT_ALREADY_OPEN;
import static dev.foldstream.commerce.account.AccountRejection.ACCOUNT_NOT_OPEN;
import static dev.foldstream.commerce.account.AccountRejection.AMOUNT_NOT_POSITIVE;
import static dev.foldstream.commerce.account.AccountRejection.CURRENCY_MISMATCH;
import static dev.foldstream.commerce.account.AccountRejection.INSUFFICIENT_FUNDS;
import static dev.foldstream.kernel.Decision.accept;
import static dev.foldstream.kernel.Decision.nothingToDo;
import static dev.foldstream.kernel.Decision.reject;

import dev.foldstream.commerce.account.Account.NotOpen;
import dev.foldstream.commerce.account.Account.Open;
import dev.foldstream.commerce.account.AccountCommand.ChargeAccount;
import dev.foldstream.commerce.account.AccountCommand.DepositMoney;
import dev.foldstream.commerce.account.AccountCommand.OpenAccount;
import dev.foldstream.commerce.account.AccountCommand.RefundCharge;
import dev.foldstream.commerce.account.AccountEvent.AccountCharged;
import dev.foldstream.commerce.account.AccountEvent.AccountOpened;
import dev.foldstream.commerce.account.AccountEvent.ChargeRefunded;
import dev.foldstream.commerce.account.AccountEvent.MoneyDeposited;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import java.math.BigDecimal;

final class AccountDecider implements Decider<AccountCommand, Account, AccountEvent> {

  private record Case(AccountCommand command, Account account) {}

  private record Change(Account account, AccountEvent event) {}

  @Override
  public Account initial() {
    return new NotOpen();
  }

  @Override
  public Decision<AccountEvent> decide(
      AccountCommand command, Account account, CommandContext context) {
    return switch (new Case(command, account)) {
      case Case(OpenAccount(var owner, var email, var currency), NotOpen _) ->
          accept(new AccountOpened(owner, email, currency));
      case Case(OpenAccount c, Open a) when a.isThatOf(c) -> nothingToDo();
      case Case(OpenAccount _, Open _) -> reject(ACCOUNT_ALREADY_OPEN);
      case Case(DepositMoney _, NotOpen _) -> reject(ACCOUNT_NOT_OPEN);
      case Case(DepositMoney c, Open a) -> deposit(c, a);
      case Case(ChargeAccount _, NotOpen _) -> reject(ACCOUNT_NOT_OPEN);
      case Case(ChargeAccount c, Open a) -> charge(c, a, a.chargedFor(c.orderId()));
      case Case(RefundCharge _, NotOpen _) -> reject(ACCOUNT_NOT_OPEN);
      case Case(RefundCharge c, Open a) -> refund(c, a, a.chargedFor(c.orderId()));
    };
  }

  private static Decision<AccountEvent> deposit(DepositMoney c, Open account) {
    if (c.amount().signum() <= 0) {
      return reject(AMOUNT_NOT_POSITIVE);
    }
    if (account.isInOtherCurrencyThan(c.currency())) {
      return reject(CURRENCY_MISMATCH);
    }
    return accept(new MoneyDeposited(c.amount(), account.currency()));
  }

  private static Decision<AccountEvent> charge(ChargeAccount c, Open account, BigDecimal before) {
    if (c.amount().signum() <= 0) {
      return reject(AMOUNT_NOT_POSITIVE);
    }
    if (account.isInOtherCurrencyThan(c.currency())) {
      return reject(CURRENCY_MISMATCH);
    }
    if (c.amount().compareTo(before) == 0) {
      return nothingToDo();
    }
    if (c.amount().compareTo(account.balance().add(before)) > 0) {
      return reject(INSUFFICIENT_FUNDS);
    }
    var charged = new AccountCharged(c.orderId(), c.amount(), account.currency());
    return before.signum() == 0
        ? accept(charged)
        : accept(new ChargeRefunded(c.orderId(), before, account.currency()), charged);
  }

  private static Decision<AccountEvent> refund(RefundCharge c, Open account, BigDecimal before) {
    return before.signum() == 0
        ? nothingToDo()
        : accept(new ChargeRefunded(c.orderId(), before, account.currency()));
  }

  /** An event that is never recorded in a state leaves it as it is. */
  @Override
  public Account evolve(Account account, AccountEvent event) {
    return switch (new Change(account, event)) {
      case Change(_, AccountOpened e) -> Open.with(e);
      case Change(Open a, MoneyDeposited e) -> a.deposit(e.amount());
      case Change(Open a, AccountCharged e) -> a.charge(e.orderId(), e.amount());
      case Change(Open a, ChargeRefunded e) -> a.refund(e.orderId(), e.amount());
      case Change(NotOpen a, MoneyDeposited _) -> a;
      case Change(NotOpen a, AccountCharged _) -> a;
      case Change(NotOpen a, ChargeRefunded _) -> a;
    };
  }
}
