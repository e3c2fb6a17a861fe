/** Trying a topology on real events without running it. */
@NullMarked
package dev.foldstream.topologyservice.preview;

import org.jspecify.annotations.NullMarked;
