/** A customer's money. */
@NullMarked
package dev.foldstream.commerce.account;

import org.jspecify.annotations.NullMarked;
