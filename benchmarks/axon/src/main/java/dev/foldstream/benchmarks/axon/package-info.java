/** Axon Framework on PostgreSQL, as a contender. */
@NullMarked
package dev.foldstream.benchmarks.axon;

import org.jspecify.annotations.NullMarked;
