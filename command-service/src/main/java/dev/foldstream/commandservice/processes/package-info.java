/** The process applications of this instance, and how an operator looks at processes. */
@NullMarked
package dev.foldstream.commandservice.processes;

import org.jspecify.annotations.NullMarked;
