package dev.foldstream.commerce.events;

import dev.foldstream.commerce.account.AccountEvent;
import dev.foldstream.commerce.order.OrderEvent;

/** What happens to one customer: to orders and to the account. */
public sealed interface CustomerEvent extends CommerceEvent permits OrderEvent, AccountEvent {}
