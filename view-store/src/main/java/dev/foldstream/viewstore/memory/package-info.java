/** Views in memory, for tests and previews. */
@NullMarked
package dev.foldstream.viewstore.memory;

import org.jspecify.annotations.NullMarked;
