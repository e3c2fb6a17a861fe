/** Deciders, projections, process managers and the domain that lists them. */
@NullMarked
package dev.foldstream.kernel;

import org.jspecify.annotations.NullMarked;
