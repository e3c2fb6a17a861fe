/** Rows that registered topologies write, as what a projection reads. */
@NullMarked
package dev.foldstream.projector.registered;

import org.jspecify.annotations.NullMarked;
