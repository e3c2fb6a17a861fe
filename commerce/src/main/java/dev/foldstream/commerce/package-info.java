/** The example domain: a shop that takes orders, keeps stock and charges accounts. */
@NullMarked
package dev.foldstream.commerce;

import org.jspecify.annotations.NullMarked;
