/** One plausible day of a shop as commands: what the example is loaded with and checked by. */
@NullMarked
package dev.foldstream.endtoend.tradingday;

import org.jspecify.annotations.NullMarked;
