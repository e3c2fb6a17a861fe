/** Outcomes back: as answers of HTTP, and by look-up through the log. */
@NullMarked
package dev.foldstream.commandservice.outcomes;

import org.jspecify.annotations.NullMarked;
