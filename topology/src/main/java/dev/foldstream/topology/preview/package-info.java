/** A topology on given records, without deploying it. */
@NullMarked
package dev.foldstream.topology.preview;

import org.jspecify.annotations.NullMarked;
