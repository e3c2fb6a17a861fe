/** Shadow decisions over HTTP: runs that compare a candidate with what was recorded. */
@NullMarked
package dev.foldstream.commandservice.shadow;

import org.jspecify.annotations.NullMarked;
