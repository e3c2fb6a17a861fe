/** What the components of commands are checked by. */
@NullMarked
package dev.foldstream.commerce.values;

import org.jspecify.annotations.NullMarked;
