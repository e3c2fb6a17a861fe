/** Topologies as documents beside the same by hand; many in one process. */
@NullMarked
package dev.foldstream.benchmarks.topologies;

import org.jspecify.annotations.NullMarked;
