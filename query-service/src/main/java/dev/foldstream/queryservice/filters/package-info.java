/** What callers write in addresses: filters, orders, limits and cursors. */
@NullMarked
package dev.foldstream.queryservice.filters;

import org.jspecify.annotations.NullMarked;
