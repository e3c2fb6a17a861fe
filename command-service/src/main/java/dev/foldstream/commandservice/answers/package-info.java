/** How outcomes are told, as answers and as problems. */
@NullMarked
package dev.foldstream.commandservice.answers;

import org.jspecify.annotations.NullMarked;
