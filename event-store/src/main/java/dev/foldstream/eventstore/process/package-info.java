/** The process topology: events, answers and timers in, commands and progress out. */
@NullMarked
package dev.foldstream.eventstore.process;

import org.jspecify.annotations.NullMarked;
