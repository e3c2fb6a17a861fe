package dev.foldstream.commerce.events;

import dev.foldstream.commerce.stock.StockEvent;

/**
 * What happens in the shop. A process or a view over several aggregates follows it; a switch over
 * it is complete, because it is sealed.
 */
public sealed interface CommerceEvent permits CustomerEvent, StockEvent {}
