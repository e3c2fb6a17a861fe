/** What must come of the trading day, worked out by other means than the system's. */
@NullMarked
package dev.foldstream.endtoend.tradingday;

import org.jspecify.annotations.NullMarked;
