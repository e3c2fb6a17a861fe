package dev.foldstream.commerce.account;

import dev.foldstream.kernel.Rejection;

/** Why an account refuses a command. */
public enum AccountRejection implements Rejection {
  /** No account was opened under this id. */
  ACCOUNT_NOT_OPEN,
  /** The account was opened before, for another owner, address or currency. */
  ACCOUNT_ALREADY_OPEN,
  /** The balance is less than the charge. */
  INSUFFICIENT_FUNDS,
  /** The amount is not in the account's currency. */
  CURRENCY_MISMATCH,
  /** An amount is more than 0. */
  AMOUNT_NOT_POSITIVE
}
