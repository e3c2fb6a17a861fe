/** Host: runs projections into view stores. */
@NullMarked
package dev.foldstream.projector;

import org.jspecify.annotations.NullMarked;
