/** What each customer ordered and paid, over the aggregates {@code order} and {@code account}. */
@NullMarked
package dev.foldstream.commerce.customerorders;

import org.jspecify.annotations.NullMarked;
