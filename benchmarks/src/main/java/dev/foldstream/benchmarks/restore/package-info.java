/** How long a restart takes until commands are decided again. */
@NullMarked
package dev.foldstream.benchmarks.restore;

import org.jspecify.annotations.NullMarked;
