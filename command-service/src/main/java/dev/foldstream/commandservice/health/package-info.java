/** How the decisions and the reading of outcomes do: health and metrics. */
@NullMarked
package dev.foldstream.commandservice.health;

import org.jspecify.annotations.NullMarked;
