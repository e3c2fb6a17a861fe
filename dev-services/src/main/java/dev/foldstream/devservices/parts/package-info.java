/** The parts there are, and what can be done with each, whatever it runs as. */
@NullMarked
package dev.foldstream.devservices.parts;

import org.jspecify.annotations.NullMarked;
