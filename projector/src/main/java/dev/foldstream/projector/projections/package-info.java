/** How far each projection came, over HTTP. */
@NullMarked
package dev.foldstream.projector.projections;

import org.jspecify.annotations.NullMarked;
