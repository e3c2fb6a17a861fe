/** The in-memory twin of the log, over the same core, for tests. */
@NullMarked
package dev.foldstream.eventstore.memory;

import org.jspecify.annotations.NullMarked;
