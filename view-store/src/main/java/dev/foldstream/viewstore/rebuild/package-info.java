/** The next version of a view, built beside the live one. */
@NullMarked
package dev.foldstream.viewstore.rebuild;

import org.jspecify.annotations.NullMarked;
