/** Commands in: one at a time, or a stream of lines. */
@NullMarked
package dev.foldstream.commandservice.commands;

import org.jspecify.annotations.NullMarked;
