/** Measurements with JMH, each with a peer in the same run. */
@NullMarked
package dev.foldstream.benchmarks;

import org.jspecify.annotations.NullMarked;
