/** A small domain with every type that a schema can say. */
@NullMarked
package dev.foldstream.schemas.samples;

import org.jspecify.annotations.NullMarked;
