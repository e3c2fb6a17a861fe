/** Health and metrics of the projections. */
@NullMarked
package dev.foldstream.projector.health;

import org.jspecify.annotations.NullMarked;
