/** An order, from its placing to its delivery or cancellation. */
@NullMarked
package dev.foldstream.commerce.order;

import org.jspecify.annotations.NullMarked;
