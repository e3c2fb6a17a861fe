/** The decision applications of this instance, from start to end. */
@NullMarked
package dev.foldstream.commandservice.decisions;

import org.jspecify.annotations.NullMarked;
