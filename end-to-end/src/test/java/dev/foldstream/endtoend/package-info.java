/** The whole installation on real parts: what a user would do, and what must not go wrong. */
@NullMarked
package dev.foldstream.endtoend;

import org.jspecify.annotations.NullMarked;
