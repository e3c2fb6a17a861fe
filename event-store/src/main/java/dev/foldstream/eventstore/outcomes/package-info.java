/** What became of a command, as it travels to whoever asked. */
@NullMarked
package dev.foldstream.eventstore.outcomes;

import org.jspecify.annotations.NullMarked;
