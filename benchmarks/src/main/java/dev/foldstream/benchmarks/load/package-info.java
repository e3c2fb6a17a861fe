/** Closed loops, and what they cost in processor time. */
@NullMarked
package dev.foldstream.benchmarks.load;

import org.jspecify.annotations.NullMarked;
